import type { ReactNode } from "react";
import { MicVocal } from "lucide-react";
import { Button } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";
import { mayAsk } from "../../summits";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useServices } from "./useServices";

/** Ask for the floor, withdraw the request, or yield it: always the one that is possible. */
export function FloorButton({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const { orders } = useServices();
  const attempt = useAttempt();
  const { snapshot, you } = sitting;
  const { floor, meeting } = snapshot;
  if (floor.holder === you.member) {
    return (
      <Button
        tone="accent"
        className="control"
        shortcut="f"
        onPress={() => {
          attempt(() => orders.yieldTheFloor());
        }}
      >
        <MicVocal className="icon" aria-hidden />
        {words.t("floor.yield")}
      </Button>
    );
  }
  const asked = floor.asks.some((ask) => ask.member === you.member);
  const may = mayAsk("ask_for_floor", you, meeting);
  if (!may && you.role !== "principal" && you.role !== "chair" && you.role !== "adviser") return null;
  return (
    <Button
      className="control"
      shortcut="f"
      disabled={!may}
      onPress={() => {
        attempt(() => (asked ? orders.withdrawAsk() : orders.askForTheFloor()));
      }}
    >
      <MicVocal className="icon" aria-hidden />
      {words.t(asked ? "floor.withdraw" : "floor.ask")}
    </Button>
  );
}
