"""Who meets in the demo, and about what. Fictional people of fictional states; data only."""

from dataclasses import dataclass
from typing import Final

from visavis.identity.model import Role
from visavis.kernel.ids import HOST, PRESS, Party

TITLE: Final = "Arven and Tolmar meet on the border region"
MEETING: Final = "First session"
LANGUAGES: Final = ("en", "fr")
HOST_NAME: Final = "City of Lenz"
PRESS_NAME: Final = "Joint press office"


@dataclass(frozen=True, slots=True)
class Side:
    """A delegation of the demo."""

    party: Party
    name: str
    place: str
    language: str


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody who is invited."""

    party: Party
    role: Role
    name: str
    languages: tuple[str, ...]


ARVEN: Final = Side(Party("arven"), "Republic of Arven", "Port Selby", "en")
TOLMAR: Final = Side(Party("tolmar"), "Kingdom of Tolmar", "Hesk", "fr")
SIDES: Final = (ARVEN, TOLMAR)

CAST: Final = (
    Part(ARVEN.party, Role.CHAIR, "Ambassador Jonas Rell", ("en",)),
    Part(ARVEN.party, Role.PRINCIPAL, "President Ilse Maren", ("en",)),
    Part(ARVEN.party, Role.INTERPRETER, "L. Fane", ("en",)),
    Part(ARVEN.party, Role.ADVISER, "Dr. Mira Holt", ("en",)),
    Part(ARVEN.party, Role.INTERPRETER, "K. Oru", ("en", "fr")),
    Part(TOLMAR.party, Role.CHAIR, "Minister Sera Kolm", ("fr",)),
    Part(TOLMAR.party, Role.PRINCIPAL, "Prime Minister Odran Vey", ("fr",)),
    Part(TOLMAR.party, Role.INTERPRETER, "R. Amsel", ("fr",)),
    Part(TOLMAR.party, Role.ADVISER, "Colonel Edo Brandt", ("fr",)),
    Part(PRESS, Role.PRESS, "Nora Quill, Lenz Courier", ("en",)),
    Part(PRESS, Role.PRESS, "Tomas Iven, Radio Hesk", ("fr",)),
    Part(HOST, Role.PROTOCOL_OFFICER, "Clara Wend", ("en",)),
)


@dataclass(frozen=True, slots=True)
class Company:
    """Who is invited, and which languages the summit has."""

    languages: tuple[str, ...]
    parts: tuple[Part, ...]


COMPANY: Final = Company(LANGUAGES, CAST)

DESK: Final = Part(HOST, Role.PROTOCOL_OFFICER, "Protocol desk", ("en",))
"""Calls the meeting before anybody arrives; has no link."""

AGENDA: Final = (
    ("Opening", 10),
    ("Border region", 40),
    ("Strategic stability", 30),
    ("Mission staff", 20),
    ("Follow-up", 10),
)
