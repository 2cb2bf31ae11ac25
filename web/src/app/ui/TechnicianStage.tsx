/** A technician's page: who calls, and how each device of their own delegation does. No faces, no sound. */
import { useMemo, type ReactNode } from "react";
import { TableHead } from "../../design/TableHead";
import { Wrench } from "lucide-react";
import { Button } from "../../design/Button";
import { Notice } from "../../design/controls";
import { enElsewhere } from "../../i18n/enElsewhere";
import { enTechnician } from "../../i18n/enTechnician";
import type { PartOf, Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import { type LineWord, type Row, rowsOf } from "../../interpretation/watch/watched";
import type { Identity } from "../../kernel/ids";
import { roleOf } from "../../summits/ui/roles";
import { BackToMeetings } from "./BackToMeetings";
import { Chat } from "./Chat";
import { Doors } from "./Doors";
import { Frame } from "./Frame";
import { Keys } from "./Keys";
import { Returning } from "./Returning";
import { Side } from "./Side";
import { nameOfParty, type Sitting } from "./sitting";
import { useTheme } from "./theme";
import { useAttempt } from "./Told";
import { useNow, useReadable, useServices } from "./useServices";
import "./technician.css";

interface PartProps {
  readonly rows: readonly Row[];
  readonly now: number;
  readonly says: PartOf<typeof enTechnician>;
  readonly words: Words;
  readonly nameOf: (identity: Identity) => string;
}

export function TechnicianStage({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const says = useMemo(() => words.part(enTechnician), [words]);
  const { stage } = useTheme();
  const now = useNow();
  const watched = useReadable(useServices().watch.state);
  const { snapshot, you } = sitting;
  const seats = snapshot.seats.filter(({ party }) => party === you.party);
  const nameOf = (identity: Identity): string => seats.find((seat) => seat.identity === identity)?.name ?? "";
  const part = { rows: rowsOf(watched, seats, now), now, says, words, nameOf };
  return (
    <Frame theme={stage} doors={<Doors themed sitting={sitting} room={null} hearers={0} />}>
      <div className="stage">
        <main className="stage-main flowing officer technician">
          <div>
            <p className="eyebrow">{says("eyebrow", { delegation: nameOfParty(snapshot, you.party, words) })}</p>
            <h1>
              <bdi>{snapshot.meeting.title}</bdi>
            </h1>
            <p className="quiet">{says("note")}</p>
            <BackToMeetings />
          </div>
          <Returning stale={sitting.stale} />
          <Calls {...part} />
          <Devices {...part} />
        </main>
        <Side sitting={sitting} caucus="door" />
        <section className="stage-controls" aria-label={words.t("controls.title")}>
          <Chat sitting={sitting} room="caucus" />
          <Keys />
        </section>
      </div>
    </Frame>
  );
}

function Calls(props: PartProps): ReactNode {
  const { rows, says } = props;
  const calling = rows.filter(({ calls }) => calls);
  return (
    <section aria-labelledby="technician-calls">
      <h2 id="technician-calls" className="eyebrow">
        {says("calls")}
      </h2>
      {calling.length === 0 ? <p className="quiet">{says("calls.none")}</p> : null}
      {calling.map((row) => (
        <Call key={row.seat.identity} {...props} row={row} />
      ))}
    </section>
  );
}

/** One call, with the answer that comes next: on my way, and then done. */
function Call({ row, says, nameOf }: PartProps & { readonly row: Row }): ReactNode {
  const { watch } = useServices();
  const attempt = useAttempt();
  const { seat, coming } = row;
  const { name } = seat;
  const next = coming === null ? "comes" : "done";
  return (
    <Notice tone="caution" icon={<Wrench className="icon" aria-hidden />}>
      <p>{coming === null ? says("call", { name }) : says("call.comes", { name, technician: nameOf(coming) })}</p>
      <Button
        tone="accent"
        label={says(coming === null ? "comes.to" : "done.for", { name })}
        onPress={() => {
          attempt(async () => watch.answer(next, seat.identity));
        }}
      >
        {says(next)}
      </Button>
    </Notice>
  );
}

const HEADS = ["name", "advice", "sound", "lost", "trip", "delay"] as const;

function Devices(props: PartProps): ReactNode {
  const { rows, says } = props;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={says("seats")}>
      <table>
        <caption className="unseen">{says("seats")}</caption>
        <TableHead heads={HEADS.map((head) => says(`head.${head}`))} />
        <tbody>
          {rows.map((row) => (
            <Device key={row.seat.member} {...props} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Device({ row, now, says, words }: PartProps & { readonly row: Row }): ReactNode {
  const { seat, told, troubles } = row;
  const way = told?.word.way ?? null;
  const place = seat.present === null ? "none" : seat.present;
  return (
    <tr data-member={seat.member} data-amiss={troubles.length > 0 || undefined}>
      <th scope="row">
        <bdi>{seat.name}</bdi>
        <small>{roleOf(seat, words)}</small>
        <small data-present={place}>{words.part(enElsewhere)(`officer.present.${place}`)}</small>
      </th>
      <td className="technician-advice">
        {adviceSaid(row, says).map((advice) => (
          <span key={advice}>{advice}</span>
        ))}
        {told === null || troubles.length === 0 ? null : (
          <small className="figures">{says("since", { time: words.span((now - told.since) / 1000) })}</small>
        )}
      </td>
      <td>{told === null ? says("unknown") : soundSaid(told.word.sound, says)}</td>
      <td className="figures">
        {way === null
          ? says("unknown")
          : says("lost.both", { lost: percent(way.lost, says, words), sent: percent(way.lost_sent, says, words) })}
      </td>
      <td className="figures">{milliseconds(way?.round_trip ?? null, says)}</td>
      <td className="figures">{milliseconds(way?.delay ?? null, says)}</td>
    </tr>
  );
}

function soundSaid(sound: LineWord["sound"], says: PartProps["says"]): string {
  if (sound === null) return says("sound.off");
  const { bandwidth, loudness, rate } = sound;
  const said = [
    ...(bandwidth === null ? [] : [says(`sound.${bandwidth}`)]),
    ...(loudness === null ? [] : [says("sound.loudness", { count: loudness })]),
    ...(rate === null ? [] : [says("sound.rate", { count: rate })]),
  ];
  return said.length === 0 ? says("sound.on") : said.join(" · ");
}

function percent(share: number | null, says: PartProps["says"], words: Words): string {
  return share === null ? says("unknown") : words.percent(share / 100);
}

function milliseconds(count: number | null, says: PartProps["says"]): string {
  return count === null ? says("unknown") : says("milliseconds", { count });
}

function adviceSaid({ troubles, told, seat }: Row, says: PartProps["says"]): readonly string[] {
  if (seat.present === null) return [];
  if (told === null) return [says("waits")];
  return troubles.length === 0 ? [says("well")] : troubles.map((trouble) => says(trouble));
}
