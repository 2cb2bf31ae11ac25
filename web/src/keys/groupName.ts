/** Which groups of keys a meeting has, and what they are called (docs/protocol.md §8). Pure. */
import type { MeetingId, Party } from "../kernel/ids";
import { RefusedError } from "../kernel/errors";

/** A group of a meeting: its chamber, the floor of one opening of the doors, the caucus of a delegation, a booth's own. */
export type GroupName =
  | { readonly kind: "chamber" }
  | { readonly kind: "floor"; readonly opening: number }
  | { readonly kind: "caucus"; readonly party: Party }
  | { readonly kind: "booth"; readonly booth: string };

const NAME =
  /^(?=.{1,40}$)(?:(chamber)|floor\.([1-9]\d{0,5})|caucus\.([a-z][a-z0-9-]{0,31})|booth\.([a-z][a-z0-9-]{0,31}\.[A-Za-z0-9.-]+))$/;

export function isGroupName(text: string): boolean {
  return NAME.test(text);
}

/** Whether this is the name of a floor: of a group that the press is in. */
export function isFloor(name: string): boolean {
  return name.startsWith("floor.");
}

/** Reads a name as it stands on the wire: `chamber`, `floor.2`, `caucus.arven`, `booth.arven.en`. */
export function readGroupName(text: string): GroupName {
  const [, chamber, opening, party, booth] = NAME.exec(text) ?? [];
  if (chamber !== undefined) return { kind: "chamber" };
  if (opening !== undefined) return { kind: "floor", opening: Number(opening) };
  if (party !== undefined) return { kind: "caucus", party: party as Party };
  if (booth !== undefined) return { kind: "booth", booth };
  throw new RefusedError("group_unknown", "name");
}

export function written(name: GroupName): string {
  switch (name.kind) {
    case "chamber":
      return name.kind;
    case "floor":
      return `floor.${name.opening}`;
    case "caucus":
      return `caucus.${name.party}`;
    case "booth":
      return `booth.${name.booth}`;
  }
}

function letters(name: GroupName): string {
  switch (name.kind) {
    case "chamber":
      return "C|0";
    case "floor":
      return `F|${name.opening}`;
    case "caucus":
      return `D:${name.party}|0`;
    case "booth":
      return `B:${name.booth}|0`;
  }
}

/**
 * What a group is called in every MLS message. It binds descriptor, meeting and kind, so that nobody is led into another
 * group than they mean.
 */
export function groupId(dh: string, meeting: MeetingId, name: GroupName): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`vv1|${dh}|${meeting}|${letters(name)}`);
}
