import { lazy, Suspense, useState, type ReactNode } from "react";
import { CirclePause, CirclePlay, DoorClosedLocked, DoorOpen, Gavel, Languages, Power, UsersRound } from "lucide-react";
import type { MoveName, Seat, Snapshot } from "../../contract/parse";
import { MenuButton, type MenuButtonProps } from "../../design/MenuButton";
import { useWords } from "../../i18n/ui/Words";
import { isGrave, ordersOf, type Order } from "./offered";
import { detailOfOrder, nameOfOrder, questionBefore } from "./orderWords";

const Confirm = lazy(async () => ({ default: (await import("../../design/Confirm")).Confirm }));

const SIGNS: Record<MoveName, typeof Gavel> = {
  open_doors: DoorOpen,
  close_doors: DoorClosedLocked,
  recess: CirclePause,
  resume: CirclePlay,
  adjourn: Power,
  change_format: UsersRound,
  change_mode: Languages,
};

export interface OrdersProps {
  readonly snapshot: Snapshot;
  readonly you: Seat;
  readonly onOrder: (order: Order) => void;
}

/** A chair's orders for this meeting; grave ones are asked about once more. */
export function Orders(props: OrdersProps): ReactNode {
  const words = useWords();
  const [asked, setAsked] = useState<Order | null>(null);
  const { meeting, press } = props.snapshot;
  const orders = ordersOf(props.you, meeting);
  const choose = (id: string) => {
    const order = orders.find((each) => idOf(each) === id);
    if (order === undefined) return;
    if (isGrave(order)) setAsked(order);
    else props.onOrder(order);
  };
  if (orders.length === 0) return null;
  const question = asked === null ? null : questionBefore(asked, press.accredited, words);
  return (
    <>
      <MenuButton
        title={words.t("orders.title")}
        trigger={trigger(words.t("orders.title"))}
        choices={orders.map((order) => {
          const Sign = SIGNS[order.move];
          return {
            id: idOf(order),
            text: nameOfOrder(order, meeting, words),
            detail: detailOfOrder(order, meeting, words),
            icon: <Sign className="icon" aria-hidden />,
            ...(order.move === "adjourn" ? { tone: "danger" as const } : {}),
          };
        })}
        onChoose={choose}
      />
      {asked === null || question === null ? null : (
        <Suspense>
          <Confirm
            title={question.title}
            yes={nameOfOrder(asked, meeting, words)}
            no={words.t("orders.confirm.no")}
            tone={asked.move === "adjourn" ? "danger" : "primary"}
            onNo={() => {
              setAsked(null);
            }}
            onYes={() => {
              setAsked(null);
              props.onOrder(asked);
            }}
          >
            <p>{question.text}</p>
          </Confirm>
        </Suspense>
      )}
    </>
  );
}

function trigger(title: string): MenuButtonProps["trigger"] {
  const children = (
    <>
      <Gavel className="icon" aria-hidden />
      {title}
    </>
  );
  return { className: "control", shortcut: "o", label: title, children };
}

function idOf(order: Order): string {
  return `${order.move}:${order.argument ?? ""}`;
}
