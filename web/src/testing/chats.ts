/** Chats with something of everything in them. */
import type { ChatsState, Line, Pending } from "../keys";
import { ago, type MemberName } from "./builders";
import { aHolder } from "./standings";

type Chat = ChatsState["chamber"];

/** What somebody said, so many seconds ago. */
function aText(number: number, name: MemberName, text: string, seconds: number): Line {
  const { member } = aHolder(name, 0);
  return { is: "text", number, from: member, isOwn: name === "maren", at: ago(seconds), text };
}

const saidEnglish: readonly Line[] = [
  aText(3, "vey", "The second paragraph: we would say “without delay” rather than “at once”.", 412),
  aText(4, "maren", "Agreed. And the crossing at Hesk?", 380),
  { is: "gap", number: 7, from: aHolder("amsel", 0).member, missing: 2 },
  aText(
    7,
    "amsel",
    "For the record of both interpreters:\n“Grenzübergang” – crossing point, not border crossing.",
    305,
  ),
  { is: "unheard", number: 8, why: "forged", from: null },
  aText(9, "fane", "Thank you, noted.", 240),
];

export const saidArabic: readonly Line[] = [
  aText(3, "vey", "الفقرة الثانية: نفضل «دون تأخير» على «فورًا» (المادة 4).", 412),
  aText(4, "maren", "Agreed. And the crossing at Hesk?", 380),
];

const PENDING: readonly Pending[] = [
  { ticket: 1, text: "We can live with either.", said: ago(62), at: "unsent", code: "no_answer" },
  { ticket: 2, text: "Shall we go on?", said: ago(3), at: "sending", code: null },
];

/** A chat in which two of the others' texts are unread. */
export function aChat(lines: readonly Line[] = saidEnglish, pending: readonly Pending[] = PENDING): Chat {
  return { lines, pending, unread: 2, draft: "" };
}
