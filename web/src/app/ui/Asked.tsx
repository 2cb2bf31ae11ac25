import { lazy, Suspense, type ReactNode } from "react";
import { ordersOf } from "../../summits/ui/offered";
import { isOfDelegation, type Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useOrder } from "./useOrder";
import { useServices } from "./useServices";

const Consents = lazy(async () => ({ default: (await import("../../summits/ui/Consents")).Consents }));

/** What waits for the delegations' consent, with the answer for those who may give it. */
export function Asked({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const { orders } = useServices();
  const attempt = useAttempt();
  const order = useOrder();
  const { snapshot, you } = sitting;
  if (snapshot.consents.length === 0) return null;
  return (
    <Suspense>
      <Consents
        snapshot={snapshot}
        party={isOfDelegation(sitting) ? you.party : null}
        mayOrder={ordersOf(you, snapshot.meeting).length > 0}
        onAgree={order}
        onWithdraw={(move) => {
          attempt(() => orders.withdraw(move));
        }}
      />
    </Suspense>
  );
}
