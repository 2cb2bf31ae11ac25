/** How a chair's order is given, and what is said when it waits. */
import { useCallback } from "react";
import { useWords } from "../../i18n/ui/Words";
import type { Order } from "../../summits/ui/offered";
import { useAttempt, useTell } from "./Told";
import { useServices } from "./useServices";

/** Gives an order; says so when it waits for the other delegations. */
export function useOrder(): (order: Order) => void {
  const { orders } = useServices();
  const words = useWords();
  const attempt = useAttempt();
  const tell = useTell();
  return useCallback(
    (order) => {
      attempt(async () => {
        const { done } = await orders.move(order);
        if (!done) tell(words.t("told.waiting"));
      });
    },
    [attempt, orders, tell, words],
  );
}
