/** What the rest of the page knows of the keys: who can hear one, and whether anything may leave. No secret is in it. */
import type { Identity, Party } from "../kernel/ids";
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
  /** Who may still be heard outside though the doors have closed. */
  readonly overheard: readonly Identity[];
  /** The delegations whose hold was missing when the doors fell shut by themselves; null when a chair has closed them. */
  readonly fallen: readonly Party[] | null;
}

export const NO_KEYS: KeysState = {
  under: null,
  groups: [],
  doors: { at: "closed" },
  closing: null,
  overheard: [],
  fallen: null,
};

/** Whether all of it would be shown alike: until when the doors are held is shown nowhere, and changes every few seconds. */
export function isShownAlike(one: KeysState, other: KeysState): boolean {
  const areGroupsAlike =
    one.groups.length === other.groups.length && one.groups.every((group, at) => group === other.groups[at]);
  const isRestAlike = one.under === other.under && one.closing === other.closing && one.overheard === other.overheard;
  const areDoorsAlike = String(one.fallen) === String(other.fallen) && shownOf(one.doors) === shownOf(other.doors);
  return areGroupsAlike && isRestAlike && areDoorsAlike;
}

function shownOf(doors: DoorsStanding): string {
  return doors.at === "opening" ? `opening ${doors.by.join(" ")}` : doors.at;
}
