import { useEffect, useRef, useState, type ReactNode } from "react";
import type { PhaseName, Snapshot } from "../../contract/parse";
import type { Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import { letGoBy, phaseSeen } from "./doorsSeen";
import { nameOfParty, type Sitting } from "./sitting";
import { useReadable, useServices } from "./useServices";

/** What is told to whoever does not see it. */
interface Picture {
  readonly snapshot: Snapshot;
  /** The phase as this device sees it. */
  readonly phase: PhaseName;
  /** Whose hold was missing when the doors fell shut; empty when they did not. */
  readonly letGo: string;
}

/** Reads changes out to those who do not see them: the doors and one's own floor at once, the rest in its turn. */
export function Announcer({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const keys = useReadable(useServices().keys.state);
  const { snapshot } = sitting;
  const phase = phaseSeen(sitting, keys);
  const letGo = words.list(letGoBy(sitting, keys));
  const before = useRef<Picture>({ snapshot, phase, letGo });
  const [urgent, setUrgent] = useState("");
  const [polite, setPolite] = useState("");
  useEffect(() => {
    const earlier = before.current;
    const picture = { snapshot, phase, letGo };
    before.current = picture;
    const alarm = urgentChange(earlier, picture, words);
    const calm = politeChange(earlier.snapshot, snapshot, words);
    if (alarm !== "") setUrgent(alarm);
    if (calm !== "") setPolite(calm);
  }, [letGo, phase, snapshot, words]);
  // Marked for the library, which hides all else from a screen reader while a sheet is open.
  return (
    <>
      <div className="unseen" role="alert" data-live-announcer="true">
        {urgent}
      </div>
      <div className="unseen" role="status" data-live-announcer="true">
        {polite}
      </div>
    </>
  );
}

function urgentChange(before: Picture, after: Picture, words: Words): string {
  const parts: string[] = [];
  if (before.phase !== after.phase) parts.push(words.t(`doors.${after.phase}`));
  if (after.letGo !== "" && before.letGo !== after.letGo) {
    parts.push(words.t("doors.fallen", { delegations: after.letGo }));
  }
  const [was, is] = [before.snapshot, after.snapshot];
  if (was.floor.holder !== is.floor.holder && is.floor.holder === is.you) parts.push(words.t("stage.youHaveFloor"));
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
