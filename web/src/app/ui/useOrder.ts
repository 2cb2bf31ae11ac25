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
        const { done } = await orders.move(order.move, argumentOf(order));
        if (!done) tell(words.t("told.waiting"));
      });
    },
    [attempt, orders, tell, words],
  );
}

function argumentOf({ move, argument }: Order): { readonly format?: string; readonly mode?: string } | undefined {
  if (argument === null) return undefined;
  return move === "change_format" ? { format: argument } : { mode: argument };
}
