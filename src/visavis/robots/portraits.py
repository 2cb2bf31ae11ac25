"""How each robot looks: colours for `camera.js`. Drawn people, resembling nobody."""

import json
from dataclasses import asdict, dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Portrait:
    """Colours of a drawn head, as CSS."""

    skin: str
    hair: str
    coat: str
    tie: str
    wall: str
    long_hair: bool = False


PORTRAITS = (
    Portrait("#d9a888", "#3b2a22", "#1d2533", "#7a2430", "#33465a"),
    Portrait("#c08f70", "#4a2c20", "#2b3350", "#2b3350", "#5a4c3e", long_hair=True),
    Portrait("#e2b99a", "#8a8d94", "#2a2f36", "#2f5d50", "#2f4a4a"),
    Portrait("#8d5a3c", "#15110e", "#3a2a35", "#c9a65a", "#3b3550"),
    Portrait("#f0c9a8", "#6b4423", "#20303a", "#274b7a", "#504238"),
)


def camera_script(place: int) -> str:
    """Return the script that gives a page the camera and microphone of the robot at `place`."""
    portrait = PORTRAITS[place % len(PORTRAITS)]
    script = files("visavis.robots").joinpath("camera.js").read_text(encoding="utf-8")
    return script.replace("/*LOOK*/ null", json.dumps(asdict(portrait)))
