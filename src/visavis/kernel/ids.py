"""Names for things, each of its own type so that one cannot stand for another."""

from typing import NewType

SummitId = NewType("SummitId", str)
MeetingId = NewType("MeetingId", str)
MemberId = NewType("MemberId", str)
AgendaItemId = NewType("AgendaItemId", str)
Party = NewType("Party", str)
"""A delegation's id, or `press`, or `host`."""
Identity = NewType("Identity", str)
"""`base32(SHA-256(device public key))[:26]`; the LiveKit identity too."""
Serial = NewType("Serial", str)
"""An invitation's serial, base64url of 16 bytes."""

PRESS = Party("press")
HOST = Party("host")
JOINT = "joint"
"""What stands in a booth's id in place of a party when it is all delegations' together; no party is called so."""
