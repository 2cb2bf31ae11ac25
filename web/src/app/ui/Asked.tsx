import type { ReactNode } from "react";
import { Consents } from "../../summits/ui/Consents";
import { ordersOf } from "../../summits/ui/offered";
import { isOfDelegation, type Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useOrder } from "./useOrder";
import { useServices } from "./useServices";

/** What waits for the delegations' consent, with the answer for those who may give it. */
export function Asked({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const { orders } = useServices();
  const attempt = useAttempt();
  const order = useOrder();
  const { snapshot, you } = sitting;
  return (
    <Consents
      snapshot={snapshot}
      party={isOfDelegation(sitting) ? you.party : null}
      mayOrder={ordersOf(you, snapshot.meeting).length > 0}
      onAgree={order}
      onWithdraw={(move) => {
        attempt(() => orders.withdraw(move));
      }}
    />
  );
}
