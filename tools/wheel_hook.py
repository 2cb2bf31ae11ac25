"""Hatchling's hook: a wheel built by `make wheel` carries the client, livekit-server and licences.

tools/wheel.py lays them out in .cache/wheel/ and names the platform; without that, and for the
installation in place, the wheel is plain Python.
"""

import json
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from typing_extensions import override


class CarriedParts(BuildHookInterface):  # type: ignore[type-arg]  # hatchling names no type for its settings
    """Adds the parts that are laid out, and tags the wheel for their platform."""

    @override
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Tell hatchling what to carry."""
        plan = Path(self.root) / ".cache" / "wheel" / "plan.json"
        if version == "editable" or not plan.is_file():
            return
        said = json.loads(plan.read_text(encoding="utf-8"))
        build_data["pure_python"] = False
        build_data["tag"] = said["tag"]
        build_data["force_include"].update(said["carries"])
