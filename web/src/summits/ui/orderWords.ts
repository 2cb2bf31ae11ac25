import type { ModeName, Snapshot } from "../../contract/parse";
import type { Words } from "../../i18n/translator";
import { MODES, type Order } from "./offered";

type Meeting = Snapshot["meeting"];

export function formatWords(argument: string | null, words: Words): string {
  if (argument === "one-on-one" || argument === "restricted" || argument === "plenary") {
    return words.t(`format.short.${argument}`);
  }
  return "";
}

export function modeWords(argument: string | null, words: Words): string {
  return isMode(argument) ? words.t(`mode.${argument}`).toLocaleLowerCase(words.language) : "";
}

function isMode(argument: string | null): argument is ModeName {
  return MODES.some((mode) => mode === argument);
}

/** The order as the chair reads it in the menu and on the button that gives it. */
export function nameOfOrder(order: Order, meeting: Meeting, words: Words): string {
  switch (order.move) {
    case "change_format":
      return words.t("orders.change_format", { format: formatWords(order.argument, words) });
    case "change_mode":
      return words.t("orders.change_mode", { mode: modeWords(order.argument, words) });
    case "close_doors":
      return words.t(meeting.phase === "arrival" ? "orders.begin" : "orders.close_doors");
    default:
      return words.t(`orders.${order.move}`);
  }
}

/** One line on what the order does. */
export function detailOfOrder(order: Order, meeting: Meeting, words: Words): string {
  if (order.move === "close_doors" && meeting.phase === "arrival") return words.t("orders.begin.detail");
  return words.t(`orders.${order.move}.detail`);
}

export interface Question {
  readonly title: string;
  readonly text: string;
}

/** What is asked before a grave order is given. `press` is how many are accredited. */
export function questionBefore(order: Order, press: number, words: Words): Question {
  switch (order.move) {
    case "open_doors":
      return {
        title: words.t("orders.confirm.open_doors"),
        text:
          press === 0
            ? words.t("orders.confirm.open_doors.none")
            : words.t("orders.confirm.open_doors.text", { count: press }),
      };
    case "change_format":
      return {
        title: words.t("orders.confirm.change_format", { format: formatWords(order.argument, words) }),
        text: words.t("orders.confirm.change_format.text", { admits: admitsWords(order.argument, words) }),
      };
    case "change_mode":
      return {
        title: words.t("orders.confirm.change_mode", { mode: modeWords(order.argument, words) }),
        text: words.t("orders.confirm.change_mode.text", {
          tells: isMode(order.argument) ? words.t(`mode.tells.${order.argument}`) : "",
        }),
      };
    case "recess":
      return { title: words.t("orders.confirm.recess"), text: words.t("orders.confirm.recess.text") };
    default:
      return { title: words.t("orders.confirm.adjourn"), text: words.t("orders.confirm.adjourn.text") };
  }
}

function admitsWords(argument: string | null, words: Words): string {
  if (argument === "one-on-one" || argument === "restricted" || argument === "plenary") {
    return words.t(`format.admits.${argument}`);
  }
  return "";
}
