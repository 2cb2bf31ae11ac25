import type { ReactNode } from "react";
import { KeyRound, ShieldAlert } from "lucide-react";
import { Button } from "../../design/Button";
import { Notice } from "../../design/controls";
import { useWords } from "../../i18n/ui/Words";
import type { Lock } from "../../keys";
import type { RoomName } from "../../rooms/model";
import { useLock } from "./Lock";
import { nameOfParty, type Sitting } from "./sitting";
import { useTell } from "./Told";
import { useLasting, useServices } from "./useServices";

/** Getting keys takes less than this for as long as all is well, and is not spoken of, in ms. */
const BRIEF = 1500;

/** Says why nothing leaves this device, or why nothing should, and what to do. */
export function LockNotice(props: { readonly sitting: Sitting; readonly room: RoomName }): ReactNode {
  const words = useWords();
  const lock = useLock(props.sitting, props.room);
  const isLong = useLasting(lock?.lock === "waiting", BRIEF);
  if (lock?.lock !== "alarm" && !(lock?.lock === "waiting" && isLong)) return null;
  const isAlarm = lock.lock === "alarm";
  const isForChair = lock.why === "stuck" && props.sitting.you.chair;
  const Sign = isAlarm ? ShieldAlert : KeyRound;
  return (
    <Notice key={lock.why} tone={isAlarm ? "alarm" : "caution"} icon={<Sign className="icon" aria-hidden />}>
      <p>
        <LockText lock={lock} sitting={props.sitting} /> {isForChair ? words.t("keys.stuck.chair") : ""}
      </p>
      {isForChair ? <Undo /> : null}
    </Notice>
  );
}

/** What it is, and what to do. */
function LockText(props: {
  readonly lock: Extract<Lock, { readonly why: string }>;
  readonly sitting: Sitting;
}): ReactNode {
  const words = useWords();
  const { lock, sitting } = props;
  if (lock.why !== "warned") {
    return (
      <>
        <strong>{words.t(`keys.${lock.why}`)}</strong> {words.t(`keys.${lock.why}.text`)}
      </>
    );
  }
  const { name, party } = lock.by;
  const delegation = nameOfParty(sitting.snapshot, party, words);
  return (
    <>
      <strong>{words.t("keys.warned", { name, delegation })}</strong> {words.t("keys.warned.text", { name })}
    </>
  );
}

/** The button that takes back the step which the rules refuse. */
function Undo(): ReactNode {
  const words = useWords();
  const { keys } = useServices();
  const tell = useTell();
  return (
    <Button
      onPress={() => {
        keys.takeBack();
        tell(words.t("keys.stuck.undoing"));
      }}
    >
      {words.t("keys.stuck.undo")}
    </Button>
  );
}
