"""The heads of commits and GroupInfos: exactly what RFC 9420 writes is read, whatever else comes is refused."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.keys import messages
from visavis.keys.header import CommitHeader, HeaderError, InfoHeader, Sender, read_commit, read_info

GROUP = b"vv1|abc|m|C|0"
HEAD = b"\x00\x01\x00\x01" + bytes([len(GROUP)]) + GROUP + bytes(7) + b"\x05"  # up to the sender, of epoch 5
BY_MEMBER = HEAD + b"\x01" + b"\x00\x00\x00\x07" + b"\x00" + b"\x03" + b"..."
BY_JOINER = HEAD + b"\x04" + b"\x00" + b"\x03" + b"..."
REAL: dict[str, Any] = json.loads((Path(__file__).parent / "real_messages.json").read_text(encoding="utf-8"))

group_ids = st.binary(max_size=200) | st.integers(60, 70).map(bytes) | st.just(bytes(1 << 14))
epochs = st.integers(0, 2**64 - 1)


def refusal(raw: bytes) -> str:
    """Return why a commit's head is refused."""
    with pytest.raises(HeaderError) as refused:
        read_commit(raw)
    return str(refused.value)


def test_what_the_rfc_writes_is_read() -> None:
    """Two commits written out byte for byte."""
    assert read_commit(BY_MEMBER) == CommitHeader(GROUP, 5, Sender.MEMBER)
    assert read_commit(BY_JOINER) == CommitHeader(GROUP, 5, Sender.NEW_MEMBER_COMMIT)
    info = b"\x00\x01\x00\x04" + b"\x00\x01\x00\x01" + bytes([len(GROUP)]) + GROUP + bytes(7) + b"\x06" + b"..."
    assert read_info(info) == InfoHeader(GROUP, 6)


@given(group_ids, epochs, st.none() | st.integers(0, 2**32 - 1), st.binary(max_size=100), st.binary(min_size=1))
def test_every_commit_is_read(group: bytes, epoch: int, leaf: int | None, authenticated: bytes, body: bytes) -> None:
    """Whoever sends it, whatever is in it."""
    sender = Sender.NEW_MEMBER_COMMIT if leaf is None else Sender.MEMBER
    raw = messages.commit(group, epoch, body, leaf=leaf, authenticated=authenticated)
    assert read_commit(raw) == CommitHeader(group, epoch, sender)


@given(group_ids, epochs, st.binary(min_size=1))
def test_every_group_info_is_read(group: bytes, epoch: int, body: bytes) -> None:
    """Whatever is in it."""
    assert read_info(messages.group_info(group, epoch, body)) == InfoHeader(group, epoch)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\x00\x02" + BY_MEMBER[2:], "version"),
        (b"\x00\x01\x00\x02" + BY_MEMBER[4:], "wire format"),  # a PrivateMessage: nobody could see that it is a commit
        (b"\x00\x01\x00\x03" + BY_MEMBER[4:], "wire format"),  # a Welcome
        (messages.group_info(GROUP, 5), "wire format"),
        (HEAD + b"\x02\x00\x00\x00\x00\x00\x03...", "sender type"),  # an external sender
        (HEAD + b"\x03\x00\x03...", "sender type"),  # a proposal to be added
        (HEAD + b"\x00\x00\x03...", "sender type"),
        (HEAD + b"\x04\x00\x02...", "content type"),  # a proposal
        (HEAD + b"\x04\x00\x01...", "content type"),  # an application message
        (HEAD + b"\x04\x00\x03", "too short"),
        (BY_MEMBER[:4] + b"\xc0" + BY_MEMBER[5:], "length of a vector"),
        (BY_MEMBER[:4] + b"\x40\x0d" + BY_MEMBER[5:], "length of a vector is not minimal"),
        (BY_MEMBER[:4] + b"\x80\x00\x00\x0d" + BY_MEMBER[5:], "length of a vector is not minimal"),
        (BY_MEMBER[:4] + b"\xbf\xff\xff\xff" + BY_MEMBER[5:], "too short"),
        (b"", "too short"),
    ],
)
def test_what_is_no_commit_is_refused(raw: bytes, reason: str) -> None:
    """Each for its own reason."""
    assert refusal(raw) == reason


def test_what_is_no_group_info_is_refused() -> None:
    """A commit is none, nor is one of another version, nor one without an end."""
    raw = messages.group_info(GROUP, 5)
    for wrong in (BY_MEMBER, raw[:4] + b"\x00\x02" + raw[6:], raw[:20], raw[: -len(b"\x00noise")]):
        with pytest.raises(HeaderError):
            read_info(wrong)


@pytest.mark.parametrize("raw", [BY_MEMBER, BY_JOINER])
def test_a_commit_cut_short_is_refused(raw: bytes) -> None:
    """At every place but within what the server does not read."""
    for length in range(len(raw) - 2):
        assert refusal(raw[:length]) == "too short"


@given(st.binary(max_size=80))
def test_garbage_is_refused_and_never_breaks(raw: bytes) -> None:
    """There is one way out of it, and it is ours."""
    for read in (read_commit, read_info):
        with pytest.raises(HeaderError):
            read(raw)


@given(st.sampled_from([BY_MEMBER, BY_JOINER]), st.data())
def test_a_commit_with_a_byte_changed_is_refused_or_of_another_head(raw: bytes, data: st.DataObject) -> None:
    """No head is written in two ways: whatever changes in what is read changes what is read, but for the leaf."""
    place = data.draw(st.integers(0, len(raw) - 4))
    if raw is BY_MEMBER and len(HEAD) < place < len(HEAD) + 5:
        return
    broken = bytearray(raw)
    broken[place] ^= data.draw(st.integers(1, 255))
    try:
        assert read_commit(bytes(broken)) != read_commit(raw)
    except HeaderError:
        return


@pytest.mark.parametrize("said", REAL["messages"], ids=lambda said: f"{said['what']} {said['epoch']}")
def test_what_the_clients_library_makes_is_read(said: dict[str, Any]) -> None:
    """Two members join, one is removed, keys are renewed: messages of mls-rs 0.57.0, kept as they were made."""
    group = REAL["group_id"].encode()
    begun = said["epoch"] + ("commit" in said)
    assert read_info(b64decode(said["info"])) == InfoHeader(group, begun)
    if "commit" in said:
        sender = Sender.NEW_MEMBER_COMMIT if said["what"] == "join" else Sender.MEMBER
        assert read_commit(b64decode(said["commit"])) == CommitHeader(group, said["epoch"], sender)
