import type { MessageTable } from "./translator";

/** English for what chairs arrange of the interpretation: channels by consent, booths of their own. Fetched with its sheet. */
export const enArranging = {
  title: "Interpretation",
  open: "Change the interpretation",
  look: "Look at the proposal",
  "look.short": "Look",
  asked: "{delegation} proposes other channels or joint booths.",
  waiting: "Your proposal waits for {delegations}.",
  signed: "{language} (signed)",

  unsigned:
    "The arrangement shown by the server is not signed by both sides in time; what was signed before holds, or else each language is spoken and interpreters work by their first.",

  channels: "Channels",
  "channels.note": "Every delegation agrees on these. Until then nothing changes.",
  "channels.none": "There must be at least one channel.",
  "kind.none": "Not offered",
  "kind.spoken": "Spoken",
  "kind.signed": "Signed",
  by: "{names}",
  "by.none": "No booth works into it",

  joint: "Joint booths",
  "joint.note": "Interpreters who work for all delegations together. These are part of what is agreed.",
  own: "Booths of {delegation}",
  "own.note": "Yours alone to arrange. Up to three share one microphone.",
  "own.nobody": "None of your interpreters has enrolled yet.",
  place: "Booth of {name}",
  "place.joint": "Joint booth of {name}",
  "place.none": "In no booth",
  "place.none.joint": "In no joint booth",
  "place.into": "{language} booth",
  overfull: "A booth has at most three interpreters.",

  proposed: "{delegation} proposes",
  "proposed.own": "You propose",
  "proposed.channels": "Channels: {channels}.",
  "proposed.booths": "Joint booths: {booths}.",
  "proposed.booth": "{language} with {names}",
  "proposed.nobooths": "No joint booths.",
  "proposed.waits": "Waiting for {delegations}.",
  agree: "Agree to this",
  withdraw: "Withdraw it",
  propose: "Propose to {delegations}",
  save: "Save our booths",
  bylanguage: "Arrange by first language",
} as const satisfies MessageTable;
