"""No secret appears in the log, however it gets there."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from visavis.kernel.secret import Secret
from visavis.observability import logs

HUSH = "v3rYs3cretTOKENvaluE0123456789abcdefGHIJKLMN"


@pytest.fixture(params=["json", "console"])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Send the log into a text, and leave logging as it was."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    stream = io.StringIO()
    logs.configure(request.param, "debug", stream)
    yield stream
    root.handlers, root.level = before[0], before[1]
    structlog.reset_defaults()


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"value": Secret(HUSH)}, "value"),
        ({"fields": {"deep": [{"publish_token": HUSH}]}}, "deep"),
        ({"authorization": f"Bearer {HUSH}"}, "authorization"),
        ({"session": "short"}, "session"),
        ({"said": f"Authorization: Bearer {HUSH} and more"}, "and more"),
        ({"url": "ws://host/rtc?access_token=short&sdk=js"}, "sdk=js"),
        ({"url": "postgresql://user:short@host/name"}, "host/name"),
        ({"link": f"https://host/#/join/{HUSH}"}, "https://host/#/join/"),
        ({"raw": HUSH.encode()}, "raw"),
        ({"told": """> TEXT '{"hello": {"session": "short"}}'"""}, "hello"),
        ({"told": f"the device sent {HUSH}."}, "the device sent"),
        ({"told": "got eyJhbGciOiJIUzI1NiJ9.short.short at last"}, "at last"),
    ],
)
def test_a_secret_is_masked_whatever_it_comes_in(log: io.StringIO, fields: dict[str, object], kept: str) -> None:
    structlog.get_logger("visavis.test").info("seen", **fields)
    logging.getLogger("somebody.else").info(
        "seen %s", {name: str(value) for name, value in fields.items() if name != "raw"}
    )
    written = log.getvalue()
    assert written.count("seen") == 2
    assert kept in written
    assert HUSH not in written
    assert "short" not in written.replace("short at last", "")


def test_a_traceback_shows_no_secret(log: io.StringIO) -> None:
    password = HUSH

    def refuse() -> None:
        message = f"cannot open postgresql://u:{password}@h/n"
        raise RuntimeError(message)

    try:
        refuse()
    except RuntimeError:
        structlog.get_logger("visavis.test").exception("broken", given=Secret(password))
    assert "RuntimeError" in log.getvalue()
    assert HUSH not in log.getvalue()


def test_ordinary_words_are_kept(log: io.StringIO) -> None:
    member = "0d5f5f0e-6f3b-4a53-9d7e-0b8f0f3a52a1"
    path = "/api/meetings/0d5f5f0e-6f3b-4a53-9d7e-0b8f0f3a52a1/moves"
    structlog.get_logger("visavis.test").info("refused", code="not_in_this_phase", member=member, path=path)
    assert member in log.getvalue()
    assert path in log.getvalue()
    assert "****" not in log.getvalue()


def test_json_is_one_object_a_line(log: io.StringIO) -> None:
    structlog.get_logger("visavis.test").info("refused", code="not_found")
    logging.getLogger("uvicorn.error").info("line one\nline two")
    if log.getvalue().startswith("{"):
        lines = [json.loads(line) for line in log.getvalue().splitlines()]
        assert [line["event"] for line in lines] == ["refused", "line one\nline two"]
