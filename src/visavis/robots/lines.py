"""What the robots say: statements of two fictional delegations, each in both languages."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: who makes it, as spoken in their own language, and what the interpreter says."""

    party: str
    text: str
    interpretation: str


GREETING: Final = (
    Line(
        "arven",
        "Prime Minister, good afternoon. I am glad that we can see each other, if only on a screen.",
        "Monsieur le Premier ministre, bonjour. Je me réjouis de vous voir, ne serait-ce que sur un écran.",
    ),
    Line(
        "tolmar",
        "Madame la Présidente, bonjour. Merci de cette initiative. Nous avons beaucoup à nous dire.",
        "Madam President, good afternoon. Thank you for this initiative. We have much to tell each other.",
    ),
)

TALKS: Final = (
    Line(
        "arven",
        "On the border region, we are ready to exchange lists before the end of the month.",
        "Sur la région frontalière, nous sommes prêts à échanger des listes avant la fin du mois.",
    ),
    Line(
        "tolmar",
        "Nous sommes d'accord, à condition que la commission se réunisse d'abord.",
        "We agree, provided that the commission meets first.",
    ),
    Line(
        "arven",
        "Then let the commission meet next week, and let it report to both of us.",
        "Alors que la commission se réunisse la semaine prochaine, et qu'elle nous rende compte à tous deux.",
    ),
    Line(
        "tolmar",
        "Nous proposons aussi de rouvrir le pont de Hesk aux familles, deux jours par semaine.",
        "We also propose to open the bridge at Hesk to families again, two days a week.",
    ),
    Line(
        "arven",
        "That is a good step. Our representatives can work out the days and the papers.",
        "C'est un bon pas. Nos représentants peuvent convenir des jours et des documents.",
    ),
    Line(
        "tolmar",
        "Restons-en là sur ce point, et passons à la stabilité stratégique.",
        "Let us leave this point there and go on to strategic stability.",
    ),
)
