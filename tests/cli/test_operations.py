"""What an operator types, as the shell sees it: output, exit code, nothing overwritten."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.live.operated import free_port
from visavis import cli
from visavis.cli import edge
from visavis.cli.faults import Exit
from visavis.cli.parts import opened
from visavis.demo.summit import Prepared, prepare
from visavis.kernel.chance import SystemChance
from visavis.kernel.clock import SystemClock
from visavis.kernel.secret import Secret


def _typed(*words: str) -> Result:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


def _code(result: Result) -> int:
    return edge.tell(result.exception) if isinstance(result.exception, Exception) else result.exit_code


def _summit(url: str) -> Prepared:
    async def prepared() -> Prepared:
        async with opened(Secret(url)) as database:
            return await prepare(database, "http://localhost:1", SystemClock(), SystemChance())

    return asyncio.run(prepared())


@pytest.fixture
def told(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Have a summit in the database that the settings name; return its id."""
    monkeypatch.setenv("VISAVIS_DATABASE_URL", database_url)
    monkeypatch.setenv("VISAVIS_DATA_DIR", str(tmp_path / "data"))
    return _summit(database_url).summit


def test_a_log_is_verified_live_and_as_a_file(told: str, tmp_path: Path) -> None:
    live = _typed("audit", "verify", "--json")
    assert live.exit_code == Exit.DONE
    (verdict,) = json.loads(live.stdout)
    assert (verdict["summit"], verdict["findings"]) == (told, [])
    assert verdict["entries"] >= 3
    export = tmp_path / "export.ndjson"
    export.write_bytes(_typed("audit", "export").stdout_bytes)
    whole = _typed("audit", "verify", "--file", str(export), "--head", verdict["head"])
    assert whole.exit_code == Exit.DONE
    assert "nothing was altered" in whole.stdout
    lines = export.read_bytes().splitlines(keepends=True)
    for broken, named in (
        ([lines[0].replace(b"summit_published", b"summit_publishes"), *lines[1:]], "entry 1 is not what was sealed"),
        ([lines[0], *lines[2:]], "entry 2 is missing"),
        ([lines[1], lines[0], *lines[2:]], "entry 1 stands in the wrong place"),
        (lines[:-1], "cut off"),
        ([b"nonsense\n", *lines[1:]], "line 1 cannot be read"),
    ):
        export.write_bytes(b"".join(broken))
        found = _typed("audit", "verify", "--file", str(export), "--head", verdict["head"])
        assert found.exit_code == Exit.FOUND_WRONG
        assert named in found.stdout


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE audit_entries SET body = replace(body, 'Protocol', 'Protocoll') WHERE number = 2", "entry 2 is not"),
        ("UPDATE audit_entries SET body = CAST(x'ff' || body AS TEXT) WHERE number = 2", "2 cannot be read"),
        ("UPDATE audit_entries SET action = CAST(x'ff' AS TEXT) WHERE number = 1", "entry 1 is not what was sealed"),
        ("DELETE FROM audit_entries WHERE number = 2", "entry 2 is missing"),
    ],
)
def test_a_database_that_somebody_changed_is_found_out(told: str, tmp_path: Path, change: str, named: str) -> None:
    with closing(sqlite3.connect(tmp_path / "visavis.sqlite3")) as connection:
        assert connection.execute(change).rowcount == 1
        connection.commit()
    found = _typed("audit", "verify", "--summit", told)
    assert found.exit_code == Exit.FOUND_WRONG
    assert named in found.stdout


def test_a_backup_brings_everything_back_and_overwrites_nothing(
    told: str, empty_database_url: str, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = tmp_path / "data" / "sfu" / "keys.json"
    keys.parent.mkdir(parents=True)
    keys.write_text("{}")
    made = _typed("backup", str(tmp_path / "backup"))
    assert made.exit_code == Exit.DONE, made.output + str(made.exception)
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0
    assert _code(_typed("backup", str(tmp_path / "backup"))) == Exit.WRONGLY_TYPED
    assert _code(_typed("restore", str(tmp_path / "backup"))) == Exit.WRONGLY_TYPED
    assert _code(_typed("restore", str(tmp_path))) == Exit.WRONGLY_TYPED
    monkeypatch.setenv("VISAVIS_DATABASE_URL", empty_database_url)
    monkeypatch.setenv("VISAVIS_DATA_DIR", str(tmp_path / "new"))
    restored = _typed("restore", str(tmp_path / "backup"))
    if database_url[:6] != empty_database_url[:6]:
        assert _code(restored) == Exit.WRONGLY_TYPED
        return
    assert restored.exit_code == Exit.DONE, restored.output + str(restored.exception)
    (verdict,) = json.loads(_typed("audit", "verify", "--json").stdout)
    assert (verdict["summit"], verdict["findings"]) == (told, [])
    assert (tmp_path / "new" / "sfu" / "keys.json").read_text() == "{}"


def test_a_database_nobody_can_reach_is_an_outage_without_its_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VISAVIS_DATABASE_URL", f"postgresql://visavis:hush@127.0.0.1:{free_port()}/none")
    result = _typed("audit", "verify")
    assert _code(result) == Exit.NO_ANSWER
    assert "storage_unavailable" in (told := capsys.readouterr().err)
    assert "hush" not in told + result.output


def test_every_command_explains_itself() -> None:
    assert _typed("--help").exit_code == Exit.DONE
    for command in cli.COMMANDS:
        assert _typed(command, "--help").exit_code == Exit.DONE
