import type { MessageTable } from "./translator";

/** English for who holds the keys: the state that is shown everywhere, what to do when it is wrong, the code read aloud. */
export const enKeys = {
  "lock.joining": "This device is getting its keys",
  "lock.restoring": "Your place is being restored",
  "lock.unfounded": "Waiting for a delegation",
  "lock.open": "Open to the press: everybody can hear",
  "lock.caucus": "Sealed for your delegation",
  "lock.unverified": "Code not compared yet",
  "lock.verified": "Code compared at {time}",
  "lock.verified.since": {
    one: "Code compared at {time}, {count} newcomer since",
    other: "Code compared at {time}, {count} newcomers since",
  },
  "lock.mismatch": "The codes differ",
  "lock.stuck": "Somebody may have been added",
  "lock.refused": "No keys for this device",
  "lock.removed": "You were put out",
  "lock.ended": "Sealing failed: nothing leaves",

  "keys.joining": "This device is getting its keys.",
  "keys.joining.text": "Until it has them, nothing leaves it and you hear nothing. You need to do nothing.",
  "keys.restoring": "Your place is being restored.",
  "keys.restoring.text": "Until it is, nothing leaves this device and you hear nothing. You need to do nothing.",
  "keys.unfounded": "Nobody with keys is here yet.",
  "keys.unfounded.text": "It begins by itself when a member of a delegation comes.",
  "keys.mismatch": "The codes differ. Say nothing more that matters.",
  "keys.mismatch.text":
    "Somebody may stand between you and the others. Your microphone and camera were turned off. Compare the code once more, over a telephone that you trust; if it differs again, leave the room.",
  "keys.stuck": "Somebody may have been added without a delegation's word.",
  "keys.stuck.text":
    "Nothing leaves this device. It goes on by itself when a chair has undone that step; until then, use another way to talk.",
  "keys.stuck.chair":
    "As a chair you can undo that step. It then counts for nobody, and whoever it added holds no keys; all devices get new ones by themselves. The record will say that you did it.",
  "keys.stuck.undo": "Undo that step",
  "keys.stuck.undoing": "Asked to undo it. Sound and picture go on by themselves.",
  "keys.refused": "This device was given no keys, or does not accept them.",
  "keys.refused.text":
    "Nothing leaves it. Reload the page once. If it stays, ask your delegation: your accreditation may have been withdrawn, or somebody is here for whom no delegation gave its word.",
  "keys.removed": "This device was put out of the meeting.",
  "keys.removed.text": "Nothing leaves it, and you hear nothing. Ask your chair; reload the page to come back.",
  "keys.ended": "Sealing failed on this device. Nothing leaves it.",
  "keys.ended.text":
    "You hear nothing, and nobody hears or sees you. It begins anew by itself. If it does not, reload the page; your seat is kept.",

  "code.title": "The code",
  "code.lead": "Every device in the room shows the same 24 digits. If one does not, somebody stands in between.",
  "code.number": "Code {epoch}",
  "code.reads": "{delegation} reads aloud",
  "code.yours": "Your delegation",
  "code.working": "The code is being worked out.",
  "code.changed":
    "The code has changed, because somebody came or left, or because it was time. Begin again with this one.",
  "code.alone": "No other delegation is here yet to compare it with.",
  "code.ask": "Is what they read the same as here?",
  "code.matches": "It matches",
  "code.differs": "It does not match",
  "code.own": "Your answer counts for this device. Everybody compares with their own screen.",
  "code.first":
    "Before the first meeting, compare it face to face as well, or over a telephone that you trust: a voice can be imitated.",
  "code.matched": "Compared at {time}, with code {epoch}. You need not compare again unless this page says so.",
  "code.since": "Since then",
  "code.since.newcomer": "New since the code",
  "code.since.newDevice": "New device since the code",
  "code.since.line": "{name}, {delegation}",

  "who.sealed":
    "Sound and picture are sealed on this device for those who are listed here, and for nobody else. {host} runs the server and passes on what it cannot read.",
  "who.holdsKeys": "{role} · could hear, is not in the room now",
  "who.notConnected": "{role} · can hear, not connected",

  "controls.waitsForKeys": "On as soon as this device has its keys; nothing leaves it until then",
  "help.k": "The code that is compared",

  "doors.opening": "Opening waits for {delegations}",
  "doors.closing": "The doors are closing",
  "doors.closing.more": "{done} of {all} devices have closed",
} as const satisfies MessageTable;
