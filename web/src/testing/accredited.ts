/** Members of a small summit with real keys: a signed descriptor, and seats whose chain holds. */
import { checkDescriptor, type Pinned } from "../identity/accreditation";
import type { KeptSeat } from "../identity/deviceKeys";
import { makeSeat } from "../identity/enrolment";
import { bytesOf, fingerprint, newDeviceKey, readStatement, sign } from "../identity/statements";
import { parseInvitation, type RevocationSent, type Role } from "../contract/parse";
import { toB64u } from "../kernel/b64u";
import { canonical } from "../kernel/canonical";
import type { Clock } from "../kernel/clock";

const DAY = 86_400_000;
const PARTIES = ["arven", "tolmar", "press", "host"] as const;

export type PartyName = (typeof PARTIES)[number];
type Keys = Readonly<Record<PartyName, Awaited<ReturnType<typeof newDeviceKey>>>>;

function drawn(count: number): string {
  return toB64u(crypto.getRandomValues(new Uint8Array(count)));
}

function lasting(clock: Clock): { issued: string; expires: string } {
  const [issued, expires] = [clock.now() - DAY, clock.now() + 7 * DAY].map((at) => new Date(at).toISOString());
  return { issued: issued ?? "", expires: expires ?? "" };
}

async function descriptorOf(keys: Keys, clock: Clock): Promise<Pinned> {
  const key = (party: PartyName) => toB64u(keys[party].publicKey);
  const bytes = canonical({
    type: "visavis descriptor 1",
    summit: { id: "3f2b8c1e-1111-4222-8333-444455556666", title: "Arven and Tolmar meet on the border region" },
    delegations: [
      { id: "arven", name: "Republic of Arven", place: "Port Selby", language: "en", key: key("arven") },
      { id: "tolmar", name: "Kingdom of Tolmar", place: "Hesk", language: "fr", key: key("tolmar") },
    ],
    press: { name: "Joint press office", key: key("press") },
    host: { name: "City of Lenz", key: key("host") },
    formats: ["one-on-one", "restricted", "plenary"],
    languages: ["en", "fr"],
    clients: [],
    ...lasting(clock),
  });
  const signed = async (party: PartyName) =>
    toB64u(await sign(keys[party].privateKey, { type: "visavis descriptor 1", bytes }));
  const signatures = { arven: await signed("arven"), tolmar: await signed("tolmar") };
  return checkDescriptor({ descriptor: toB64u(bytes), signatures }, toB64u(await fingerprint(bytes)));
}

/** A summit that everybody has signed. */
export class AccreditedSummit {
  readonly pinned: Pinned;
  readonly clock: Clock;
  private readonly keys: Keys;

  private constructor(keys: Keys, pinned: Pinned, clock: Clock) {
    this.keys = keys;
    this.pinned = pinned;
    this.clock = clock;
  }

  static async agreed(clock: Clock): Promise<AccreditedSummit> {
    const made = await Promise.all(PARTIES.map(async (party) => [party, await newDeviceKey()] as const));
    const keys = Object.fromEntries(made) as Keys;
    return new AccreditedSummit(keys, await descriptorOf(keys, clock), clock);
  }

  /** Invites somebody, whose device makes its key. */
  async seat(party: PartyName, role: Role, chair = role === "chair"): Promise<KeptSeat> {
    const seed = crypto.getRandomValues(new Uint8Array(32));
    const said = {
      type: "visavis invitation 1",
      descriptor: this.pinned.dh,
      party,
      serial: drawn(16),
      name: `The ${role} of ${party}`,
      role,
      chair,
      languages: ["en"],
      key: await publicHalf(seed),
      ...lasting(this.clock),
    };
    const bytes = canonical(said);
    const signature = await sign(this.keys[party].privateKey, { type: said.type, bytes });
    const sent = { sent: toB64u(bytes), signature: toB64u(signature), seed };
    return makeSeat({ invitation: parseInvitation(said), ...sent }, this.clock);
  }

  /** Takes back the word of the party of a seat, or of another party in its name. */
  async revocation(seat: KeptSeat, signer?: PartyName): Promise<RevocationSent> {
    const { party, serial } = readStatement(bytesOf(seat.invitation), parseInvitation);
    const type = "visavis revocation 1";
    const issued = new Date(this.clock.now()).toISOString();
    const bytes = canonical({ type, descriptor: this.pinned.dh, party, serial, issued });
    const signature = await sign(this.keys[signer ?? (party as string as PartyName)].privateKey, { type, bytes });
    return { revocation: toB64u(bytes), signature: toB64u(signature) };
  }
}

async function publicHalf(seed: Uint8Array<ArrayBuffer>): Promise<string> {
  const head = bytesOf("MC4CAQAwBQYDK2VwBCIEIA"); // PKCS #8 around an Ed25519 seed (RFC 8410 §10.3)
  const key = await crypto.subtle.importKey("pkcs8", new Uint8Array([...head, ...seed]), "Ed25519", true, ["sign"]);
  return (await crypto.subtle.exportKey("jwk", key)).x ?? "";
}
