/**
 * A chair's signed word about the doors (docs/protocol.md §2): what it is signed with is the device's key, so that a
 * chair whom the format keeps out of the room, and who has no key of it, still gives orders.
 */
import { type DoorsWord, parseDevice, parseDoors, type Seat, type Snapshot } from "../contract/parse";
import { type Bytes, bytesOf, type KeptSeat, readStatement, sign, verifies } from "../identity";
import { toB64u } from "../kernel/b64u";
import { canonical } from "../kernel/canonical";
import { RefusedError } from "../kernel/errors";
import type { MeetingId } from "../kernel/ids";

const DOORS = "visavis doors 1";

/** The one meeting that an order is to be of. */
export interface DoorsPlace {
  /** The fingerprint of the summit's descriptor. */
  readonly descriptor: string;
  readonly meeting: MeetingId;
}

/** An order as it is sent. */
export type SignedDoors = Pick<Snapshot["doors"][number], "order" | "signature">;

export async function signDoors(seat: KeptSeat, place: DoorsPlace, word: DoorsWord): Promise<SignedDoors> {
  const bytes = canonical({ type: DOORS, ...place, ...word });
  return { order: toB64u(bytes), signature: toB64u(await sign(seat.privateKey, { type: DOORS, bytes })) };
}

/** The key of a seat's device; the seat's chain was checked before. */
export function deviceOfSeat({ device }: Pick<Seat, "device">): Bytes {
  return bytesOf(readStatement(bytesOf(device), parseDevice).key);
}

/**
 * Reads what an order says, if it is of this meeting; whoever may have signed it.
 *
 * @throws RefusedError `message_bad`.
 */
export function readDoors(sent: SignedDoors, place: DoorsPlace): DoorsWord {
  const { type: _type, descriptor, meeting, ...word } = readStatement(bytesOf(sent.order), parseDoors);
  if (descriptor !== place.descriptor || meeting !== place.meeting) throw new RefusedError("message_bad", "place");
  return word;
}

/**
 * Reads what an order says, if it is of this meeting and this device signed it.
 *
 * @throws RefusedError `message_bad`, `signature_bad`.
 */
export async function checkDoors(sent: SignedDoors, device: Bytes, place: DoorsPlace): Promise<DoorsWord> {
  const word = readDoors(sent, place);
  const signed = { type: DOORS, bytes: bytesOf(sent.order) } as const;
  if (!(await verifies(device, bytesOf(sent.signature), signed))) throw new RefusedError("signature_bad");
  return word;
}
