/** A summit with real keys, and a server that answers for it: for tests of who is who. */
import type { ServerDoor } from "../contract/client";
import type { Dossier, Role, Seat } from "../contract/parse";
import { checkDescriptor, identityOf, type Pinned } from "../identity/accreditation";
import type { KeptSeat } from "../identity/deviceKeys";
import { makeSeat } from "../identity/enrolment";
import { type Invited, readAddress } from "../identity/invitation";
import { type Bytes, bytesOf, fingerprint, readStatement, sign, verifies } from "../identity/statements";
import { toB64u } from "../kernel/b64u";
import { canonical } from "../kernel/canonical";
import { parseDevice, parseInvitation } from "../contract/parse";
import type { MemberId, SummitId } from "../kernel/ids";
import { FakeClock } from "./clock";

const ISSUED = "2026-03-01T09:00:00.000Z";
const EXPIRES = "2026-03-31T09:00:00.000Z";
const SUMMIT = "00000000-0000-4000-8000-000000000001" as SummitId;

interface Key {
  readonly secret: CryptoKey;
  readonly seed: Bytes;
  readonly raw: Bytes;
}

/** A key whose seed can be read, as a party's and an invitation's can. */
export async function aKey(): Promise<Key> {
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new TypeError("no key pair");
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { secret: pair.privateKey, seed: pkcs8.slice(-32), raw };
}

async function signed(key: Key, type: string, bytes: Bytes): Promise<string> {
  return toB64u(await sign(key.secret, { type, bytes }));
}

type PartyName = "arven" | "tolmar" | "press" | "host";

/** Who signs, and under what. */
export class TestSummit {
  readonly descriptor: Bytes;
  readonly dh: string;
  private readonly keys: Readonly<Record<PartyName, Key>>;

  private constructor(keys: Readonly<Record<PartyName, Key>>, descriptor: Bytes, dh: string) {
    this.keys = keys;
    this.descriptor = descriptor;
    this.dh = dh;
  }

  static async open(): Promise<TestSummit> {
    const keys = { arven: await aKey(), tolmar: await aKey(), press: await aKey(), host: await aKey() };
    const raw = {
      arven: toB64u(keys.arven.raw),
      tolmar: toB64u(keys.tolmar.raw),
      press: toB64u(keys.press.raw),
      host: toB64u(keys.host.raw),
    };
    const descriptor = canonical({
      type: "visavis descriptor 1",
      summit: { id: SUMMIT, title: "Arven and Tolmar meet" },
      delegations: [
        { id: "arven", name: "Arven", place: "Port Selby", language: "en", key: raw.arven },
        { id: "tolmar", name: "Tolmar", place: "Varn", language: "fr", key: raw.tolmar },
      ],
      press: { name: "Press", key: raw.press },
      host: { name: "Lenz", key: raw.host },
      formats: ["one-on-one", "plenary"],
      languages: ["en", "fr"],
      clients: [],
      issued: ISSUED,
      expires: EXPIRES,
    });
    return new TestSummit(keys, descriptor, toB64u(await fingerprint(descriptor)));
  }

  async sent(): Promise<{ readonly descriptor: string; readonly signatures: Readonly<Record<string, string>> }> {
    const { descriptor, keys } = this;
    const type = "visavis descriptor 1";
    const arven = await signed(keys.arven, type, descriptor);
    return {
      descriptor: toB64u(descriptor),
      signatures: { arven, tolmar: await signed(keys.tolmar, type, descriptor) },
    };
  }

  async pinned(): Promise<Pinned> {
    return checkDescriptor(await this.sent(), this.dh);
  }

  /** The fragment of an invitation's link. */
  async link(name: string, role: Role, part: object = {}): Promise<string> {
    const key = await aKey();
    const invitation = canonical({
      type: "visavis invitation 1",
      descriptor: this.dh,
      party: "arven",
      serial: toB64u(crypto.getRandomValues(new Uint8Array(16))),
      name,
      role,
      chair: role === "chair",
      languages: ["en"],
      key: toB64u(key.raw),
      issued: ISSUED,
      expires: EXPIRES,
      ...part,
    });
    const signature = await signed(this.keys.arven, "visavis invitation 1", invitation);
    const link = canonical({ invitation: toB64u(invitation), signature, secret: toB64u(key.seed) });
    return `#/join/${toB64u(link)}`;
  }

  async invited(name: string, role: Role): Promise<Invited> {
    const address = readAddress(await this.link(name, role));
    if (address.at !== "invited") throw new Error("no invitation");
    return address.invited;
  }

  /** Somebody invited, with the key of their device. */
  async kept(name: string, role: Role): Promise<KeptSeat> {
    return makeSeat(await this.invited(name, role), new FakeClock(Date.parse(ISSUED)));
  }

  /** What an honest server says of them. */
  seatOf(kept: KeptSeat): Seat {
    const { name, role, chair, party, languages } = readStatement(bytesOf(kept.invitation), parseInvitation);
    const { identity, invitation, invitation_signature, device, device_signature } = kept;
    return {
      member: name as MemberId,
      identity,
      party,
      name,
      role,
      chair,
      languages,
      present: null,
      invitation,
      invitation_signature,
      device,
      device_signature,
    };
  }
}

type Chain = Pick<KeptSeat, "invitation" | "invitation_signature" | "device" | "device_signature">;

/** A server that enrols, lets in who signs, and tells of one summit; a scene makes it lie or fail. */
export class FakeServer implements Pick<ServerDoor, "ask"> {
  readonly asked: string[] = [];
  /** Thrown at the next requests, in order. */
  readonly failures: Error[] = [];
  /** What it says instead of the truth, by path. */
  readonly lies = new Map<string, unknown>();
  origin = "https://host";
  private readonly summit: TestSummit;
  private chain: Chain | null = null;
  private challenge: Bytes = new Uint8Array();

  constructor(summit: TestSummit) {
    this.summit = summit;
  }

  async ask<T>({ method, path, body }: Parameters<ServerDoor["ask"]>[0], parse: (value: unknown) => T): Promise<T> {
    this.asked.push(`${method} ${path}`);
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    return parse(this.lies.get(path) ?? (await this.truth(path, body)));
  }

  private async truth(path: string, body: unknown): Promise<unknown> {
    switch (path) {
      case "enrolments":
        this.chain = body as Chain;
        return { summit: SUMMIT, member: "m", identity: await this.identity() };
      case "challenges":
        return { challenge: toB64u(await this.challenged()) };
      case "sessions":
        return this.session(body as { readonly signature: string });
      case `summits/${SUMMIT}/descriptor`:
        return this.summit.sent();
      case "dossier":
        return this.dossier();
      default:
        throw new Error(`no such path: ${path}`);
    }
  }

  /** Knows somebody from an earlier visit. */
  knows(chain: Chain): void {
    this.chain = chain;
  }

  private enrolled(): Chain {
    if (this.chain === null) throw new Error("nobody has enrolled");
    return this.chain;
  }

  private key(): Bytes {
    return bytesOf(readStatement(bytesOf(this.enrolled().device), parseDevice).key);
  }

  private async identity(): Promise<KeptSeat["identity"]> {
    return identityOf(this.key());
  }

  private async challenged(): Promise<Bytes> {
    const nonce = toB64u(crypto.getRandomValues(new Uint8Array(16)));
    const identity = await this.identity();
    this.challenge = canonical({ type: "visavis session 1", origin: this.origin, identity, nonce, expires: EXPIRES });
    return this.challenge;
  }

  private async session({ signature }: { readonly signature: string }): Promise<unknown> {
    const statement = { type: "visavis session 1", bytes: this.challenge };
    if (!(await verifies(this.key(), bytesOf(signature), statement))) throw new Error("not signed");
    return { session: `session ${this.asked.length}`, expires: EXPIRES, summit: SUMMIT, member: "m" };
  }

  private async dossier(): Promise<Dossier> {
    const identity = await this.identity();
    const kept = { ...this.enrolled(), identity } as KeptSeat;
    return {
      summit: { id: SUMMIT, title: "Arven and Tolmar meet" },
      you: this.summit.seatOf(kept),
      meetings: [],
    };
  }
}
