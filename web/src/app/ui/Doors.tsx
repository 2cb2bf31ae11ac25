import type { ReactNode } from "react";
import { Moon, Sun } from "lucide-react";
import { Button } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";
import type { Lock } from "../../keys";
import type { RoomName } from "../../rooms/model";
import { DoorsLine } from "../../summits/ui/DoorsLine";
import { Code } from "./Code";
import { awaitedBy, letGoBy, overheardIn, phaseSeen } from "./doorsSeen";
import { holdersOf } from "./hearers";
import { useLock } from "./Lock";
import { isOfDelegation, nameOfParty, type Sitting } from "./sitting";
import { useTheme } from "./theme";
import { useReadable, useServices } from "./useServices";
import { Who } from "./Who";

/** The doors' line as this member sees it; `room` is where they sit, null where they are in none. */
export function Doors(props: {
  readonly sitting: Sitting;
  readonly room: RoomName | null;
  /** Null while it is not known. */
  readonly hearers: number | null;
  /** The look can be changed where the stage is dark or light by choice. */
  readonly themed?: boolean;
  /** Whether a single key changes it. */
  readonly keyed?: boolean;
}): ReactNode {
  const words = useWords();
  const { sitting, room } = props;
  const { snapshot, you } = sitting;
  const { hearers } = props;
  const keys = useReadable(useServices().keys.state);
  const lock = useLock(sitting, room);
  const speaks = room !== null && isOfDelegation(sitting);
  const { format, mode } = snapshot.meeting;
  const phase = phaseSeen(sitting, keys);
  const overheard = overheardIn(sitting, keys);
  return (
    <DoorsLine
      phase={phase}
      unknown={sitting.stale}
      seenFrom={seenFrom(props, nameOfParty(snapshot, you.party, words))}
      hearers={speaks ? hearers : null}
      press={pressAmong(holdersOf(keys, you))}
      closing={speaks ? keys.closing : null}
      awaited={room === null || snapshot.meeting.phase === "open" ? awaitedBy(sitting, keys) : []}
      lock={lock === null || isQuiet(lock.lock, keys.closing !== null) ? null : <Code sitting={sitting} lock={lock} />}
      alarm={lock?.lock === "alarm"}
      letGo={letGoBy(sitting, keys)}
      overheard={overheard.isOwn ? [words.t("doors.overheard.you"), ...overheard.names] : overheard.names}
      aside={
        <>
          <span>
            {words.t(`format.short.${format}`)} · {words.t(`mode.${mode}`)}
          </span>
          {speaks && hearers !== null ? (
            <Who sitting={sitting} room={room} entered count={hearers} label={words.t("hearers.who")} />
          ) : null}
          {props.themed ? <ThemeSwitch keyed={props.keyed !== false} /> : null}
        </>
      }
    />
  );
}

/** Whether the line says nothing of the keys: where other words say it, and for the second in which the doors close. */
function isQuiet(lock: Lock["lock"], areClosing: boolean): boolean {
  return lock === "open" || lock === "caucus" || (areClosing && lock !== "alarm");
}

function pressAmong(holders: ReturnType<typeof holdersOf>): number {
  return holders.filter(({ member }) => member.role === "press").length;
}

function seenFrom(
  { sitting, room }: { readonly sitting: Sitting; readonly room: RoomName | null },
  delegation: string,
): "chamber" | "gallery" | "outside" | { readonly caucusOf: string } {
  if (sitting.you.role === "press") return "gallery";
  if (room === null) return "outside";
  return room === "caucus" ? { caucusOf: delegation } : "chamber";
}

function ThemeSwitch({ keyed }: { readonly keyed: boolean }): ReactNode {
  const words = useWords();
  const { stage, setStage } = useTheme();
  const other = stage === "dark" ? "light" : "dark";
  const Sign = other === "light" ? Sun : Moon;
  return (
    <Button
      tone="link"
      className="theme-switch"
      shortcut={keyed ? "t" : undefined}
      label={words.t("help.theme", { theme: words.t(`help.${other}`) })}
      onPress={() => {
        setStage(other);
      }}
    >
      <Sign className="icon" aria-hidden />
    </Button>
  );
}
