"""What a copy of the client is, what its hash says, and how it names the server it asks."""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from visavis.api.copies import LIST, Copy, is_origin, read_list

PAGE = b'<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8" />\n  </head>\n</html>\n'
FILES = {"index.html": PAGE, "assets/stage-4f2a.js": b"export {};\n", "sign.svg": b"<svg/>\n"}
HOST = "https://summit.lenz.example:8447"


def laid_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name, body in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)
    return folder


def test_the_hash_is_that_of_a_list_which_other_programs_can_check(tmp_path: Path) -> None:
    """`sha256sum` makes the same list, and checks it: nobody needs our word for it."""
    folder = laid_out(tmp_path, Copy(FILES).served())
    names = ("assets/stage-4f2a.js", "index.html", "sign.svg")
    theirs = subprocess.run(("sha256sum", *names), cwd=folder, check=True, capture_output=True).stdout
    assert theirs == (folder / LIST).read_bytes() == Copy(FILES).listed
    assert Copy(FILES).hash == hashlib.sha256(theirs).digest()
    subprocess.run(("sha256sum", "--check", "--strict", "--quiet", LIST), cwd=folder, check=True)


def test_naming_a_server_changes_one_line_and_not_the_hash(tmp_path: Path) -> None:
    named = Copy(FILES).asking(HOST)
    sent = named.served()
    assert named.hash == Copy(FILES).hash
    added = [line for line in sent["index.html"].splitlines() if line not in PAGE.splitlines()]
    assert added == [f'    <meta name="visavis-server" content="{HOST}" />'.encode()]
    assert {name: sent[name] for name in FILES if name != "index.html"} == {
        name: FILES[name] for name in FILES if name != "index.html"
    }
    read = Copy.found(laid_out(tmp_path, sent))
    assert (read.server, read.files) == (HOST, FILES)


@pytest.mark.parametrize(
    "line",
    [
        b'    <meta name="visavis-server" content="https://lenz.example" /><script src="x.js"></script>\n',
        b'    <meta name="visavis-server" content="https://lenz.example/x" />\n',
        b'    <meta name="visavis-server" content="javascript:1" />\n',
        b'    <meta name="visavis-server" content="http://lenz.example" />\n',
        b'    <meta name="visavis-server" content="https://lenz.example" http-equiv="refresh" />\n',
        b'    <meta name="visavis-server" content="https://a.example" />\n' * 2,
        b'    <meta name="visavis-other" content="yes" />\n',
    ],
)
def test_any_other_line_is_another_page(line: bytes) -> None:
    """Only the one line of the one form is left out of account."""
    page = PAGE.replace(b"<head>\n", b"<head>\n" + line)
    changed = Copy.of({**FILES, "index.html": page})
    assert changed.hash != Copy(FILES).hash
    assert list(changed.differences(read_list(Copy(FILES).listed))) == ["differs: index.html"]


@pytest.mark.parametrize("server", [HOST, "https://lenz.example", "http://localhost:8447", "http://[::1]:8447"])
def test_servers_that_a_page_may_name(server: str) -> None:
    assert is_origin(server)


@pytest.mark.parametrize(
    "server",
    [
        "https://lenz.example/",
        "https://lenz.example:443",
        "http://localhost:80",
        "https://lenz.example:08447",
        "http://lenz.example",
        "https://LENZ.example",
        'https://lenz.example"',
        "https://lenz.example\n",
        "https://somebody@lenz.example",
        "https://",
        "",
    ],
)
def test_servers_that_no_page_names(server: str) -> None:
    """The line of the page is data of one form: nothing can be slipped in with a server's name."""
    assert not is_origin(server)
    with pytest.raises(ValueError, match="by its origin"):
        Copy(FILES).asking(server)


def test_a_client_without_a_page_names_nobody() -> None:
    with pytest.raises(ValueError, match="by its origin"):
        Copy({"sign.svg": b"<svg/>"}).asking(HOST)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({**FILES, "assets/stage-4f2a.js": b"export const other = 1;\n"}, ["differs: assets/stage-4f2a.js"]),
        ({name: FILES[name] for name in FILES if name != "sign.svg"}, ["missing: sign.svg"]),
        ({**FILES, "assets/more.js": b"more"}, ["not of the client: assets/more.js"]),
        (FILES, []),
    ],
)
def test_each_difference_is_named(changed: dict[str, bytes], said: list[str]) -> None:
    assert list(Copy(changed).differences(read_list(Copy(FILES).listed))) == said


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda listed: listed.replace(b"  sign.svg", b"  ../sign.svg"),
        lambda listed: listed.replace(b"  sign.svg", b"  /sign.svg"),
        lambda listed: listed.replace(b"  sign.svg", b" *sign.svg"),
        lambda listed: listed.removesuffix(b"\n"),
        lambda listed: b"".join(reversed(listed.splitlines(keepends=True))),
        lambda listed: listed + listed,
        lambda listed: listed + b"\xff\n",
        lambda listed: re.sub(rb"^[0-9a-f]", b"G", listed),
    ],
)
def test_a_list_that_is_not_exactly_one_is_none(spoilt: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match="no list"):
        read_list(spoilt(Copy(FILES).listed))


def test_what_is_not_served_is_no_part_of_the_client(tmp_path: Path) -> None:
    """Nothing but the files that are served counts where the client was built; in a copy every file is looked at."""
    folder = laid_out(tmp_path / "built", {**FILES, "secret.pem": b"-", ".made-from-1": b"", ".git/x.js": b""})
    assert Copy.built(folder).files == FILES
    assert set(Copy.found(folder).files) == {*FILES, "secret.pem"}
    shutil.rmtree(folder)
