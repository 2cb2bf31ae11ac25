import type { ReactNode } from "react";
import { DoorClosedLocked, Power, ShieldX, AppWindow, Users, WifiOff } from "lucide-react";
import type { ShutOut } from "../model";
import { Button } from "../../design/Button";
import { Statement } from "../../design/Statement";
import { useWords } from "../../i18n/ui/Words";

const SIGNS: Record<ShutOut, typeof Power> = {
  "doors-closed": DoorClosedLocked,
  "not-in-this-format": Users,
  "another-tab": AppWindow,
  revoked: ShieldX,
  adjourned: Power,
  network: WifiOff,
};

/** Why there is no seat: what happened, what is still safe, and a way on where there is one. */
export function ShutOutWords(props: {
  readonly why: ShutOut;
  readonly onTakeOver: () => void;
  readonly onTryAgain: () => void;
}): ReactNode {
  const words = useWords();
  const { why } = props;
  const Sign = SIGNS[why];
  return (
    <Statement kind={why} sign={<Sign className="statement-sign" aria-hidden />} title={words.t(`shutout.${why}`)}>
      <p>{words.t(`shutout.${why}.text`)}</p>
      <p className="quiet">{words.t(`shutout.${why}.next`)}</p>
      {why === "another-tab" ? (
        <Button tone="primary" large onPress={props.onTakeOver}>
          {words.t("shutout.another-tab.act")}
        </Button>
      ) : null}
      {why === "network" ? (
        <Button tone="primary" large onPress={props.onTryAgain}>
          {words.t("tryAgain")}
        </Button>
      ) : null}
    </Statement>
  );
}
