"""`contract/policy.json` says what the policy's tables say."""

import json
from itertools import product

from tools.contract_policy import TARGET, text
from visavis.identity.model import Role
from visavis.summits import policy
from visavis.summits.model import Format, Phase


def test_the_file_is_what_the_tables_print() -> None:
    """After a change of a table: `make contract`."""
    assert TARGET.read_text(encoding="utf-8") == text()


def test_the_grants_list_everybody_who_may_be_in_and_nobody_else() -> None:
    """Read the file as a client does: what is missing is out. A chair flag changes nothing."""
    printed = json.loads(text())["grants"]
    cells = [
        ((row["room"], *cell), row) for row in printed for cell in product(row["roles"], row["phases"], row["formats"])
    ]
    listed = dict(cells)
    assert len(listed) == len(cells)
    for room in ("chamber", "caucus", "booth"):
        for role in Role:
            for phase in Phase:
                for sort in Format:
                    row = listed.get((room, role.value, phase.value, sort.value))
                    for chair in (False, True):
                        rule = policy.media(role, chair, phase, sort, room)
                        seen = None if row is None else policy.MediaRule(frozenset(row["publish"]), hear=row["hear"])
                        assert seen == rule
