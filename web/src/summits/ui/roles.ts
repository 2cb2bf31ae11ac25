import type { Seat } from "../../contract/parse";
import type { Words } from "../../i18n/translator";

/** "Principal · chair" */
export function roleOf(seat: Pick<Seat, "role" | "chair">, words: Words): string {
  const role = words.t(`role.${seat.role}`);
  return seat.chair && seat.role !== "chair" ? words.t("role.andChair", { role }) : role;
}
