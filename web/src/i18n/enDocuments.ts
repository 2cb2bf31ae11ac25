import type { MessageTable } from "./translator";

/** English for the documents that the interpreters of a booth share. Fetched with their sheet. */
export const enDocuments = {
  title: "Documents",
  none: "No document yet. Put in a speech, an agenda or a draft: your partners have it at once.",
  "none.group": "You are not in your booth's group yet. Documents wait.",
  who: "Sealed for {names}, and for nobody else. The host sees how large a document is and cannot read it.",
  put: "Put in a document",
  "put.hint": "Any file, of 20 MB at most. It is gone when everybody of the booth has left, and after the meeting.",
  read: "Read",
  "read.what": "Read {name}",
  "read.hint": "Plain text, pictures and PDF can be read without being saved.",
  "read.not": "{name} is neither plain text, a picture nor a PDF. Save it to read it.",
  "read.cut": "Only the beginning is shown. Save it to read the rest.",
  "read.broken": "{name} cannot be shown. Save it to read it.",
  opening: "{name} is being opened",
  "picture.large": "Full size",
  "paper.open": "Open in a tab of its own",
  "paper.note":
    "Your browser's own reader shows {name} there. The keys of your console work here, not there. Close that tab when you have read it: leaving the booth does not.",
  "paper.none": "Your browser shows no PDF. Save {name} to read it.",
  save: "Save",
  "save.what": "Save {name} on this device",
  "save.hint": "What you save leaves the meeting: it lies on your device, readable for whoever has that.",
  remove: "Take {name} away",
  removed: "{name} is taken away",
  added: "{name} is there for your booth",
  moving: "{name}: {percent}",
  gone: "{name} is not there any more, or is not what was put in. It can be put in again.",
  "why.empty": "{name} is empty. Nothing was put in.",
  "why.big": "{name} is larger than 20 MB. Nothing was put in.",
  "why.full": "There is no room for {name}. Take a document away first.",
} as const satisfies MessageTable;
