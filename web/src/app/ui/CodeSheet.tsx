/** The code, read aloud half by each side, and what everybody found. */
import { useEffect, useState, type ReactNode } from "react";
import { RefreshCw, UserPlus } from "lucide-react";
import { Button } from "../../design/Button";
import { Badge, Notice } from "../../design/controls";
import { Sheet } from "../../design/Sheet";
import { useWords } from "../../i18n/ui/Words";
import { type Ceremony, type Finding, type GroupStanding, sinceCompared, turnsOf } from "../../keys";
import { useCeremony, useChamberStanding } from "./ceremony";
import { LockState, useLock } from "./Lock";
import { nameOfParty, type Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useServices } from "./useServices";
import "./code.css";

export interface CodeSheetProps {
  readonly sitting: Sitting;
  readonly onClose: () => void;
}

/** How long keys wait at most for the code to be read, in ms. */
const READING = 300_000;

/** While a chair reads the code, it does not change for the sake of time alone. */
function usePause(isChair: boolean): void {
  const { keys, meeting } = useServices();
  useEffect(() => {
    if (!isChair) return undefined;
    keys.pause(meeting.now() + READING);
    return () => {
      keys.pause(meeting.now());
    };
  }, [isChair, keys, meeting]);
}

/** The code of the chamber, with whose turn it is to read which half. */
export function CodeSheet({ sitting, onClose }: CodeSheetProps): ReactNode {
  const words = useWords();
  const standing = useChamberStanding();
  const { ceremony } = useCeremony();
  const lock = useLock(sitting, "chamber");
  usePause(sitting.you.chair);
  const [begun, setBegun] = useState(standing?.epoch);
  const sides = sitting.snapshot.delegations.filter(({ id }) =>
    standing?.roster.some(({ member }) => member.party === id),
  );
  const isReady = standing?.at === "inside" && standing.code !== null && sides.length > 1;
  const hasChanged = standing?.epoch !== begun && ceremony.compared?.finding !== "match";
  const footer = isReady ? <Answers sitting={sitting} standing={standing} onAnswer={setBegun} /> : undefined;
  return (
    <Sheet title={words.t("code.title")} closeLabel={words.t("close")} onClose={onClose} footer={footer}>
      <p className="code-state" role="status">
        {lock === null ? null : <LockState lock={lock} />}
      </p>
      <Compared ceremony={ceremony} roster={standing?.roster ?? []} sitting={sitting} />
      <p className="code-lead">{words.t("code.lead")}</p>
      <div role="status">
        {hasChanged && isReady ? (
          <Notice tone="caution" live={false} icon={<RefreshCw className="icon" aria-hidden />}>
            <p>{words.t("code.changed")}</p>
          </Notice>
        ) : null}
      </div>
      {isReady ? (
        <Turns code={standing.code} epoch={standing.epoch} sides={sides} sitting={sitting} />
      ) : (
        <p role="status">{words.t(sides.length > 1 ? "code.working" : "code.alone")}</p>
      )}
      <p className="quiet">
        {words.t("code.own")} {words.t("code.first")}
      </p>
    </Sheet>
  );
}

function Turns(props: {
  readonly code: string;
  readonly epoch: number;
  readonly sides: readonly { readonly id: string; readonly name: string }[];
  readonly sitting: Sitting;
}): ReactNode {
  const words = useWords();
  return (
    <section className="code" aria-label={words.t("code.number", { epoch: props.epoch })}>
      <p className="eyebrow figures">{words.t("code.number", { epoch: props.epoch })}</p>
      <ol>
        {turnsOf(props.code, props.sides).map(({ side, groups }) => (
          <li key={side.id} data-own={side.id === props.sitting.you.party || undefined}>
            <h3>
              {words.t("code.reads", { delegation: side.name })}
              {side.id === props.sitting.you.party ? <Badge tone="accent">{words.t("code.yours")}</Badge> : null}
            </h3>
            <p className="code-digits figures" aria-hidden>
              <bdi dir="ltr">{groups.join(" ")}</bdi>
            </p>
            <p className="unseen">{groups.map((group) => Array.from(group).join(" ")).join(", ")}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The two answers. Whoever finds a difference is heard and seen no more until they want to be. */
function Answers(props: {
  readonly sitting: Sitting;
  readonly standing: GroupStanding;
  readonly onAnswer: (epoch: number) => void;
}): ReactNode {
  const words = useWords();
  const { call } = useServices();
  const attempt = useAttempt();
  const { find } = useCeremony();
  const answer = (finding: Finding) => {
    find(finding, props.standing);
    props.onAnswer(props.standing.epoch);
    if (finding === "match") return;
    const { wished, sending } = call.state.get();
    for (const source of ["microphone", "camera", "screen"] as const) {
      if (wished[source] || sending[source]) attempt(() => call.send(source, false));
    }
  };
  return (
    <div className="code-answers" role="group" aria-label={words.t("code.ask")}>
      <Button
        tone="danger"
        onPress={() => {
          answer("mismatch");
        }}
      >
        {words.t("code.differs")}
      </Button>
      <Button
        tone="primary"
        onPress={() => {
          answer("match");
        }}
      >
        {words.t("code.matches")}
      </Button>
    </div>
  );
}

/** What was compared last, and who has come since. */
function Compared(props: {
  readonly ceremony: Ceremony;
  readonly roster: GroupStanding["roster"];
  readonly sitting: Sitting;
}): ReactNode {
  const words = useWords();
  const { compared } = props.ceremony;
  if (compared === null) return null;
  if (compared.finding === "mismatch") {
    return (
      <p className="code-compared">
        <strong>{words.t("keys.mismatch")}</strong> {words.t("keys.mismatch.text")}
      </p>
    );
  }
  const came = props.roster.flatMap(({ member }) => {
    const since = sinceCompared(props.ceremony, member);
    return since === null ? [] : [{ member, since }];
  });
  return (
    <div className="code-compared">
      <p>{words.t("code.matched", { time: words.clock(compared.at), epoch: compared.epoch })}</p>
      {came.length === 0 ? null : (
        <ul aria-label={words.t("code.since")}>
          {came.map(({ member, since }) => (
            <li key={member.identity}>
              <UserPlus className="icon" aria-hidden />
              <span>
                {words.t("code.since.line", {
                  name: member.name,
                  delegation: nameOfParty(props.sitting.snapshot, member.party, words),
                })}
              </span>
              <Badge>{words.t(`code.since.${since}`)}</Badge>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
