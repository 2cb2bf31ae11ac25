/** How somebody stands in the groups of keys. */
import { type GroupStanding, type Holder, type KeysState, NO_KEYS } from "../keys";
import { type MemberName, NOW, SEATS } from "./builders";

const CODE = "4096 0183 7725 3301 9948 2604";

/** Whoever holds a leaf, by the credential of their seat. */
export function aHolder(name: MemberName, leaf: number): Holder {
  const { party, identity, name: written, role, chair } = SEATS[name];
  const member = { party, serial: name, identity, name: written, role, chair, red: true, expires: NOW + 3_600_000 };
  return { leaf, member };
}

/** Standing in one group, inside unless told otherwise. */
export function aStanding(
  group: GroupStanding["group"],
  names: readonly MemberName[],
  part: Partial<GroupStanding> = {},
): GroupStanding {
  const isInside = (part.at ?? "inside") === "inside";
  return {
    group,
    at: "inside",
    epoch: 7,
    roster: isInside ? names.map((name, leaf) => aHolder(name, leaf)) : [],
    code: isInside && group === "chamber" ? CODE : null,
    ...part,
  };
}

/** Sealed, and sending under the keys of the group that stands last, if one is inside. */
export function sealedUnder(...groups: readonly GroupStanding[]): KeysState {
  const last = groups.at(-1);
  const under = last?.at === "inside" ? last.group : null;
  const doors = last?.group === "floor" ? ({ at: "open", until: NOW + 30_000 } as const) : NO_KEYS.doors;
  return { ...NO_KEYS, under, groups, doors };
}
