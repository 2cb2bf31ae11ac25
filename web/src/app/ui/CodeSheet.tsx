/** The code, read aloud half by each side, and what everybody found. */
import { useEffect, useState, type ReactNode } from "react";
import { RefreshCw, UserPlus } from "lucide-react";
import { Button } from "../../design/Button";
import { Badge, Notice } from "../../design/controls";
import { Sheet } from "../../design/Sheet";
import { enCode } from "../../i18n/enCode";
import { useWords } from "../../i18n/ui/Words";
import { type Ceremony, type Finding, type GroupStanding, sinceCompared, turnsOf } from "../../keys";
import { useCeremony, useChamberStanding } from "./ceremony";
import { CodeFound } from "./CodeFound";
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
  const t = words.part(enCode);
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
    <Sheet title={t("title")} closeLabel={words.t("close")} onClose={onClose} footer={footer}>
      <p className="code-state" role="status">
        {lock === null ? null : <LockState lock={lock} />}
      </p>
      <Compared ceremony={ceremony} roster={standing?.roster ?? []} sitting={sitting} />
      <CodeFound sitting={sitting} />
      <p className="code-lead">{t("lead")}</p>
      <div role="status">
        {hasChanged && isReady ? (
          <Notice tone="caution" live={false} icon={<RefreshCw className="icon" aria-hidden />}>
            <p>{t("changed")}</p>
          </Notice>
        ) : null}
      </div>
      {isReady ? (
        <Turns code={standing.code} epoch={standing.epoch} sides={sides} sitting={sitting} />
      ) : (
        <p role="status">{t(sides.length > 1 ? "working" : "alone")}</p>
      )}
      <p className="quiet">
        {t("own")} {t("first")}
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
  const t = useWords().part(enCode);
  return (
    <section className="code" aria-label={t("number", { epoch: props.epoch })}>
      <p className="eyebrow figures">{t("number", { epoch: props.epoch })}</p>
      <ol>
        {turnsOf(props.code, props.sides).map(({ side, groups }) => (
          <li key={side.id} data-own={side.id === props.sitting.you.party || undefined}>
            <h3>
              {t("reads", { delegation: side.name })}
              {side.id === props.sitting.you.party ? <Badge tone="accent">{t("yours")}</Badge> : null}
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
  const t = useWords().part(enCode);
  const { call, gestures } = useServices();
  const attempt = useAttempt();
  const { find } = useCeremony();
  const answer = (finding: Finding) => {
    find(finding, props.standing);
    props.onAnswer(props.standing.epoch);
    attempt(() => gestures.find(finding, props.standing.epoch));
    if (finding === "match") return;
    const { wished, sending } = call.state.get();
    for (const source of ["microphone", "camera", "screen"] as const) {
      if (wished[source] || sending[source]) attempt(() => call.send(source, false));
    }
  };
  return (
    <div className="code-answers" role="group" aria-label={t("ask")}>
      <Button
        tone="danger"
        onPress={() => {
          answer("mismatch");
        }}
      >
        {t("differs")}
      </Button>
      <Button
        tone="primary"
        onPress={() => {
          answer("match");
        }}
      >
        {t("matches")}
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
  const t = words.part(enCode);
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
      <p>{t("matched", { time: words.clock(compared.at), epoch: compared.epoch })}</p>
      {came.length === 0 ? null : (
        <ul aria-label={t("since")}>
          {came.map(({ member, since }) => (
            <li key={member.identity}>
              <UserPlus className="icon" aria-hidden />
              <span>
                {t("since.line", {
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
