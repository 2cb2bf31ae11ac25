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
  "lock.warned": "The codes may differ",
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
  "keys.warned": "{name}, {delegation}, says that the codes differ. Say nothing more that matters.",
  "keys.warned.text":
    "Somebody may stand between you and the others. Compare the code again, over a telephone that you trust. This goes when {name} finds that it matches, or when you do after {name} has left.",
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

  "code.since.newcomer": "New since the code",
  "code.since.newDevice": "New device since the code",
  "who.holdsKeys": "{role} · could hear, is not in the room now",
  "who.notConnected": "{role} · can hear, not connected",

  "controls.waitsForKeys": "On as soon as this device has its keys; nothing leaves it until then",

  "doors.opening": "Opening waits for {delegations}",
  "doors.closing": "The doors are closing",
  "doors.closing.more": "{done} of {all} devices have closed",
  "doors.fallen": "They fell shut: no chair of {delegations} held them open",
  "doors.overheard": "May still be heard outside: {names}",
  "doors.overheard.you": "you",

  overheard: "Although the doors are closed, these may still be heard outside: {names}.",
  "overheard.text":
    "Say nothing that matters while this is shown. Their device has gone on sending for the open doors, or somebody imitates it. It tries to mend itself; if this stays, ask them to reload their page.",
  "overheard.own": "Although the doors are closed, you may still be heard outside.",
  "overheard.own.text":
    "Your microphone and camera were turned off, and this device takes new keys by itself. Turn them on again when this has gone. If it comes back, reload the page; your seat is kept.",
} as const satisfies MessageTable;
