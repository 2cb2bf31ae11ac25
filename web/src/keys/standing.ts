/** What the rest of the page knows of the keys: who can hear one, and whether anything may leave. No secret is in it. */
import type { ClosingState } from "./closing";
import type { DoorsStanding } from "./doors";
import type { Holder } from "./duties";
import type { GroupName } from "./groupName";
import type { Outside } from "./words";

/** Where one stands in one group of keys. */
export interface GroupStanding {
  readonly group: GroupName["kind"];
  /** `ended`: its worker failed, with every secret, and is begun anew. */
  readonly at: "inside" | "ended" | Outside;
  readonly epoch: number;
  /** Who holds its keys: everybody who can hear what is sent under them, oneself among them. */
  readonly roster: readonly Holder[];
  /** 24 digits; null while they are being worked out, and where none are compared. */
  readonly code: string | null;
}

/** How one stands in all of them. */
export interface KeysState {
  /** The group under whose keys one sends; null when nothing leaves. */
  readonly under: GroupName["kind"] | null;
  readonly groups: readonly GroupStanding[];
  /** The doors by the chairs' own signed orders. */
  readonly doors: DoorsStanding;
  /** How many devices have closed after the doors were; null once they all have. */
  readonly closing: ClosingState | null;
}

export const NO_KEYS: KeysState = { under: null, groups: [], doors: { at: "closed" }, closing: null };
