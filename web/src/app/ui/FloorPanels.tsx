import type { ReactNode } from "react";
import { FloorHolder } from "../../summits/ui/FloorHolder";
import { FloorList } from "../../summits/ui/FloorList";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useServices } from "./useServices";

/** Who has the floor, and who asked for it; the press is not told who asked. */
export function FloorPanels(props: { readonly sitting: Sitting; readonly now: number }): ReactNode {
  const { orders } = useServices();
  const attempt = useAttempt();
  const { snapshot, you } = props.sitting;
  return (
    <>
      <FloorHolder
        snapshot={snapshot}
        you={you}
        onTakeBack={() => {
          attempt(() => orders.yieldTheFloor());
        }}
      />
      {you.role === "press" ? null : (
        <FloorList
          snapshot={snapshot}
          you={you}
          now={props.now}
          onGive={(member) => {
            attempt(() => orders.giveTheFloor(member));
          }}
        />
      )}
    </>
  );
}
