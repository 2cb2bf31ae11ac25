import { useRef, type ReactNode } from "react";
import { DoorClosed, DoorClosedLocked, DoorOpen, Ear, LogIn, Share2 } from "lucide-react";
import { hostOf, thisPage } from "../../contract/host";
import { Button } from "../../design/Button";
import type { Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import { Credentials } from "../../identity/ui/Credentials";
import { grantFor } from "../../summits";
import { roleOf } from "../../summits/ui/roles";
import { ArrivalDevices, triesDevices } from "./ArrivalDevices";
import { BackToMeetings } from "./BackToMeetings";
import { Doors } from "./Doors";
import { Frame } from "./Frame";
import { isOfDelegation, nameOfParty, type Sitting } from "./sitting";
import { useReadable, useServices } from "./useServices";
import { hearingSeats, Who } from "./Who";
import "./arrival.css";

export interface ArrivalProps {
  readonly sitting: Sitting;
  readonly entering: boolean;
  readonly onTake: () => void;
}

/** Before entering: who one is, what is agreed, one's devices, and who will hear. Nothing leaves the device here. */
export function Arrival({ sitting, entering, onTake }: ArrivalProps): ReactNode {
  const words = useWords();
  const { snapshot, you } = sitting;
  const taking = useRef(false);
  const ready =
    you.role === "press"
      ? "arrival.ready.press"
      : you.role === "protocol_officer"
        ? "arrival.ready.host"
        : "arrival.ready";
  return (
    <Frame theme="light" flows doors={<Doors sitting={sitting} room={null} hearers={0} />}>
      <main className="arrival" data-plain={!triesDevices(you.role) || undefined}>
        <div className="arrival-head">
          <p className="eyebrow">{words.t("arrival.eyebrow", { day: words.day(snapshot.meeting.scheduled) })}</p>
          <BackToMeetings />
        </div>
        <div className="arrival-words">
          <h1>
            <bdi>{snapshot.meeting.title}</bdi>
          </h1>
          <p className="arrival-lead">{words.t(ready)}</p>
          <Facts sitting={sitting} />
          {isOfDelegation(sitting) ? <WhatIsShared sitting={sitting} /> : null}
        </div>
        <div className="arrival-doing">
          <ArrivalDevices sitting={sitting} taking={taking} />
          <Button
            tone="primary"
            large
            wide
            disabled={entering}
            onPress={() => {
              taking.current = true;
              onTake();
            }}
          >
            <LogIn className="icon turns" aria-hidden />
            {words.t(entering ? "arrival.taking" : takeOf(sitting))}
          </Button>
          {isOfDelegation(sitting) && sharedBy(sitting) !== "arrival.share.nothing" ? (
            <WillHear sitting={sitting} />
          ) : null}
        </div>
      </main>
    </Frame>
  );
}

function takeOf({ you }: Sitting): "arrival.take" | "arrival.take.press" | "arrival.take.host" {
  if (you.role === "press") return "arrival.take.press";
  return you.role === "protocol_officer" ? "arrival.take.host" : "arrival.take";
}

function Facts({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const { interpretation } = useServices();
  const { channel, originalLevel } = useReadable(interpretation.state);
  const { snapshot, you } = sitting;
  const party = nameOfParty(snapshot, you.party, words);
  const hear =
    channel === null
      ? words.t("arrival.hear.floor")
      : words.t("arrival.hear.language", {
          language: words.languageName(channel),
          level: words.percent(originalLevel),
        });
  const lines: (readonly [string, string])[] = [
    [words.t("arrival.youAre"), you.name],
    [words.t(isOfDelegation(sitting) ? "arrival.delegation" : "arrival.accreditedBy"), party],
    [words.t("arrival.seat"), roleOf(you, words)],
    [words.t("arrival.format"), words.t(`format.${snapshot.meeting.format}`)],
  ];
  if (you.role !== "protocol_officer") lines.push([words.t("arrival.hear"), hear]);
  const copy = hostOf(thisPage()).own ? "arrival.page.host" : "arrival.page.elsewhere";
  lines.push(
    [words.t("arrival.device"), words.t("arrival.device.accredited", { delegation: party })],
    [words.t("arrival.page"), words.t(copy, { place: location.host })],
  );
  return <Credentials lines={lines} />;
}

function WhatIsShared({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const { phase } = sitting.snapshot.meeting;
  const signs = {
    arrival: DoorClosed,
    open: DoorOpen,
    closed: DoorClosedLocked,
    recess: DoorClosed,
    adjourned: DoorClosed,
  };
  const Sign = signs[phase];
  return (
    <ul className="arrival-notes">
      <li>
        <Share2 className="icon" aria-hidden />
        <span>
          <strong>{words.t("arrival.share")}.</strong> {words.t(sharedBy(sitting))}
        </span>
      </li>
      <li>
        <Sign className="icon" aria-hidden />
        {doorsWords(sitting, words)}
      </li>
    </ul>
  );
}

function sharedBy({ snapshot, you }: Sitting): `arrival.share.${"principal" | "interpreter" | "voice" | "nothing"}` {
  if (you.role === "principal") return "arrival.share.principal";
  if (you.role === "interpreter") return "arrival.share.interpreter";
  const sends = grantFor("chamber", you.role, { phase: "closed", format: snapshot.meeting.format })?.publish ?? [];
  return sends.length > 0 ? "arrival.share.voice" : "arrival.share.nothing";
}

function doorsWords({ snapshot }: Sitting, words: Words): string {
  const { phase } = snapshot.meeting;
  const count = snapshot.press.accredited;
  if (phase === "open" || phase === "closed") {
    return count === 0 ? words.t(`arrival.doors.${phase}.none`) : words.t(`arrival.doors.${phase}`, { count });
  }
  return words.t(`arrival.doors.${phase}`);
}

function WillHear({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const count = hearingSeats(sitting, "chamber", false).length;
  return (
    <p className="arrival-hearers">
      <Ear className="icon" aria-hidden />
      <span>
        <strong>{words.t("hearers.willHear", { count })}</strong> {words.t("hearers.willHear.rest")}{" "}
        <Who sitting={sitting} room="chamber" entered={false} count={count} label={words.t("hearers.seeWho")} />
      </span>
    </p>
  );
}
