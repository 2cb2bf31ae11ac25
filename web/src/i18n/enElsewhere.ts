import type { MessageTable } from "./translator";

/** English for whoever is not on the stage: outside, in the gallery, at the officer's table, afterwards. */
export const enElsewhere = {
  "outside.title": "You are outside the room",
  "outside.why":
    "The format agreed for this meeting is {format}. {admits} As {role} you are not admitted, so you neither see nor hear the room.",
  "outside.orders": "As chair you still give your delegation's orders from here.",
  "outside.in": "In the room",
  "press.waiting": "Waiting for the doors to open",
  "press.waiting.text":
    "The meeting has not begun. When the delegations open the doors, you see and hear the opening here by yourself.",
  "press.closed.since": "Since {time}",
  "press.open.note": "You see and hear the opening. Your own microphone and camera are not used.",
  "adjourned.title": "The meeting is adjourned",
  "adjourned.text": "Everybody has left the room; nobody hears or sees anybody. Your microphone and camera are off.",
  "adjourned.began": "Began",
  "adjourned.ended": "Adjourned",
  "adjourned.lasted": "Lasted",
  "adjourned.items": "Items taken up",
  "adjourned.items.of": "{done} of {all}",
  "officer.title": "The room as a table",
  "officer.note": "You run the room without seeing or hearing it.",
  "officer.members": "Members",
  "officer.name": "Name",
  "officer.party": "Delegation",
  "officer.role": "Role",
  "officer.enrolled": "Device",
  "officer.enrolled.yes": "Accredited",
  "officer.present": "Where",
  "officer.present.chamber": "In the chamber",
  "officer.present.caucus": "In their own room",
  "officer.present.none": "Not here",
  "officer.present.gallery": "In the gallery",
  "officer.press": "Press in the gallery: {present} of {accredited} accredited.",
  "officer.scroll": "Members, as a table",
} as const satisfies MessageTable;
