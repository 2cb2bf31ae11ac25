/** All booths at a glance: who is at the microphone and for how long, who works from whom, which channel nobody serves. */
import { useMemo, type ReactNode } from "react";
import { TableHead } from "../../design/TableHead";
import { Sheet } from "../../design/Sheet";
import { enRota } from "../../i18n/enRota";
import type { PartOf, Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import type { Language, Party } from "../../kernel/ids";
import type { Rota, RotaBooth, RotaChannel, RotaMember } from "../rota";
import { SHIFT } from "./console/sees";
import "./rota.css";

export interface RotaSheetProps {
  readonly rota: Rota;
  /** The server's time, in ms. */
  readonly now: number;
  /** What a delegation is called. */
  readonly nameOf: (party: Party) => string;
  readonly onClose: () => void;
}

interface PartProps extends RotaSheetProps {
  readonly says: PartOf<typeof enRota>;
  readonly words: Words;
}

export function RotaSheet(props: RotaSheetProps): ReactNode {
  const words = useWords();
  const says = useMemo(() => words.part(enRota), [words]);
  const part = { ...props, says, words };
  return (
    <Sheet title={says("title")} closeLabel={words.t("close")} onClose={props.onClose}>
      <div className="rota">
        <p className="quiet">{says("note")}</p>
        <Booths {...part} />
        <Channels {...part} />
        <Relays {...part} />
      </div>
    </Sheet>
  );
}

function Booths(props: PartProps): ReactNode {
  const { rota, says } = props;
  return (
    <section>
      <h3 id="rota-booths">{says("booths")}</h3>
      {rota.booths.length === 0 ? (
        <p className="quiet">{says("booths.none")}</p>
      ) : (
        <Table
          of="rota-booths"
          heads={[says("head.booth"), says("head.state"), says("head.shift"), says("head.members")]}
        >
          {rota.booths.map((line) => (
            <BoothLine key={line.booth.id} {...props} line={line} />
          ))}
        </Table>
      )}
    </section>
  );
}

interface TableProps {
  /** The id of its heading. */
  readonly of: string;
  readonly heads: readonly string[];
  readonly children: ReactNode;
}

function Table({ of, heads, children }: TableProps): ReactNode {
  return (
    <div className="rota-table" tabIndex={0} role="region" aria-labelledby={of}>
      <table aria-labelledby={of}>
        <TableHead heads={heads} />
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function BoothLine({ line, now, nameOf, says, words }: PartProps & { readonly line: RotaBooth }): ReactNode {
  const { booth, members, since } = line;
  const isOver = since !== null && now - since >= SHIFT;
  const time = since === null ? says("shift.none") : words.span((now - since) / 1000);
  const shift = isOver ? says("shift.over", { time }) : time;
  const whose = booth.party === null ? says("booth.joint") : nameOf(booth.party);
  return (
    <tr data-booth={booth.id} data-live={line.onAir !== null || undefined}>
      <th scope="row">
        {says("booth", { language: words.list(booth.languages.map((each) => words.languageName(each))) })}
        <small>
          <bdi>{whose}</bdi>
        </small>
      </th>
      <td>
        {stateOf(line, says, words).map((state) => (
          <span key={state}>{state}</span>
        ))}
      </td>
      <td className="figures" data-over={isOver || undefined}>
        {shift}
      </td>
      <td>{words.list(members.map((member) => nameSaid(member, says)))}</td>
    </tr>
  );
}

function nameSaid({ name, present, holds }: RotaMember, says: PartProps["says"]): string {
  if (!present) return says("member.away", { name });
  return holds ? says("member.holds", { name }) : name;
}

/** What is to be known of a booth, the most pressing first. */
function stateOf(line: RotaBooth, says: PartProps["says"], words: Words): readonly string[] {
  const gone = line.members.find(({ holds, present }) => holds && !present);
  return [
    ...(line.uncertain ? [says("state.uncertain")] : []),
    ...(gone === undefined ? [] : [says("state.gone", { name: gone.name })]),
    ...(line.asked === null ? [] : [says("state.asks", { name: line.asked })]),
    ...(line.notInterpretable ? [says("state.refuses")] : []),
    line.onAir === null ? says("state.off") : says("state.on", { language: words.languageName(line.onAir) }),
  ];
}

function Channels(props: PartProps): ReactNode {
  const { rota, says } = props;
  return (
    <section>
      <h3 id="rota-channels">{says("channels")}</h3>
      <Table of="rota-channels" heads={[says("head.channel"), says("head.carries"), says("head.listeners")]}>
        {rota.channels.map((channel) => (
          <ChannelLine key={channel.language} {...props} channel={channel} />
        ))}
      </Table>
    </section>
  );
}

function ChannelLine({ channel, says, words }: PartProps & { readonly channel: RotaChannel }): ReactNode {
  const { carries, kind, listeners } = channel;
  const language = words.languageName(channel.language);
  return (
    <tr data-carries={carries ?? "unknown"}>
      <th scope="row">{kind === "signed" ? says("signed", { language }) : language}</th>
      <td>{says(`carries.${carries ?? "unknown"}`)}</td>
      <td className="figures">{words.number(listeners)}</td>
    </tr>
  );
}

function Relays({ rota, says, words }: PartProps): ReactNode {
  const nameOf = (language: Language): string => words.languageName(language);
  return (
    <section>
      <h3 id="rota-relays">{says("relays")}</h3>
      {rota.relays.length === 0 ? <p className="quiet">{says("relays.none")}</p> : null}
      <ul>
        {rota.relays.map(({ booth, into, from, broken }) => (
          <li key={`${booth.id} ${into}`} data-broken={broken || undefined}>
            {says(broken ? "relay.broken" : "relay", {
              booth: nameOf(booth.languages[0]),
              into: nameOf(into),
              from: nameOf(from),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
