import type { MessageTable } from "./translator";

/** English for what belongs to no meeting: fetched with the list of meetings. */
export const enLobby = {
  "welcome.meetings": "Which meeting?",
  "welcome.meetings.none": "No meeting has been called yet",
  "welcome.meetings.none.more":
    "You are signed in. Reload this page when your delegation tells you that a meeting was called.",
  "lobby.tools": "For this summit",
  "lobby.call": "Call a meeting",
  "lobby.enrolled": "Who enrolled",
  "lobby.log": "Download the log",
  "lobby.log.note":
    "Every step of the summit, in order and sealed. Your technician can check that nothing was changed: visavis audit verify.",
  "call.title": "Call a meeting",
  "call.name": "What it is about",
  "call.mode": "Interpretation",
  "call.scheduled": "When, by this device's clock",
  "call.follows": "Follows",
  "call.follows.none": "No other meeting",
  "call.missing": "It needs a title and a time; each item of the agenda needs a title and whole minutes.",
  "call.do": "Call the meeting",
  "enrolled.title": "Who enrolled by your invitations",
  "enrolled.name": "Name",
  "enrolled.role": "Role",
  "enrolled.since": "Enrolled",
  "enrolled.device": "Device",
  "enrolled.withdrawn": "Withdrawn",
  "enrolled.valid": "Valid",
  "enrolled.state": "Accreditation",
  "enrolled.none": "Nobody has used an invitation yet.",
} as const satisfies MessageTable;
