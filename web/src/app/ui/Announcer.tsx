import { useEffect, useRef, useState, type ReactNode } from "react";
import type { Snapshot } from "../../contract/parse";
import type { Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import { nameOfParty } from "./sitting";

/** Reads changes out to those who do not see them: the doors and one's own floor at once, the rest in its turn. */
export function Announcer({ snapshot }: { readonly snapshot: Snapshot }): ReactNode {
  const words = useWords();
  const before = useRef(snapshot);
  const [urgent, setUrgent] = useState("");
  const [polite, setPolite] = useState("");
  useEffect(() => {
    const earlier = before.current;
    before.current = snapshot;
    const alarm = urgentChange(earlier, snapshot, words);
    const calm = politeChange(earlier, snapshot, words);
    if (alarm !== "") setUrgent(alarm);
    if (calm !== "") setPolite(calm);
  }, [snapshot, words]);
  return (
    <>
      <div className="unseen" role="alert">
        {urgent}
      </div>
      <div className="unseen" role="status">
        {polite}
      </div>
    </>
  );
}

function urgentChange(before: Snapshot, after: Snapshot, words: Words): string {
  const parts: string[] = [];
  if (before.meeting.phase !== after.meeting.phase) parts.push(words.t(`doors.${after.meeting.phase}`));
  if (before.floor.holder !== after.floor.holder && after.floor.holder === after.you) {
    parts.push(words.t("stage.youHaveFloor"));
  }
  return parts.join(". ");
}

function politeChange(before: Snapshot, after: Snapshot, words: Words): string {
  const parts: string[] = [];
  const holder = after.seats.find((seat) => seat.member === after.floor.holder);
  if (before.floor.holder !== after.floor.holder && holder !== undefined && holder.member !== after.you) {
    parts.push(words.t("floor.holder", { name: holder.name }));
  }
  for (const seat of after.seats) {
    const was = before.seats.find((each) => each.member === seat.member)?.present ?? null;
    if ((was === "chamber") === (seat.present === "chamber") || seat.member === after.you || seat.role === "press")
      continue;
    const params = { name: seat.name, delegation: nameOfParty(after, seat.party, words) };
    parts.push(words.t(seat.present === "chamber" ? "told.arrived" : "told.left", params));
  }
  return parts.join(". ");
}
