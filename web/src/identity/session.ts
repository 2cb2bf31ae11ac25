import { parseChallenge, parseChallengeSent, parseSession, type SessionSent } from "../contract/parse";
import type { Bearer, ServerDoor } from "../contract/client";
import { toB64u } from "../kernel/b64u";
import { RefusedError } from "../kernel/errors";
import type { KeptSeat } from "./deviceKeys";
import { bytesOf, readStatement, sign } from "./statements";

/**
 * The session of this page, in memory only. It is opened by signing the server's challenge with the device key, and
 * opened again by itself when it has run out.
 */
export class SessionBearer implements Bearer {
  private readonly server: Pick<ServerDoor, "ask">;
  private readonly origin: string;
  private seat: KeptSeat | null = null;
  private session: SessionSent | null = null;
  private opening: Promise<SessionSent> | null = null;

  constructor(server: Pick<ServerDoor, "ask">, origin: string) {
    this.server = server;
    this.origin = origin;
  }

  token(): string | null {
    return this.session?.session ?? null;
  }

  /** Opens a session for the seat. */
  async openFor(seat: KeptSeat): Promise<SessionSent> {
    this.seat = seat;
    return this.open(seat);
  }

  async renew(): Promise<boolean> {
    if (this.seat === null) return false;
    this.session = null;
    await this.open(this.seat);
    return true;
  }

  private async open(seat: KeptSeat): Promise<SessionSent> {
    // Several requests may find the session gone at once; they share one new one.
    this.opening ??= this.challenged(seat).finally(() => {
      this.opening = null;
    });
    this.session = await this.opening;
    return this.session;
  }

  private async challenged(seat: KeptSeat): Promise<SessionSent> {
    const body = { identity: seat.identity };
    const { challenge } = await this.server.ask(
      { method: "POST", path: "challenges", body, anonymous: true },
      parseChallengeSent,
    );
    const bytes = bytesOf(challenge);
    const statement = readStatement(bytes, parseChallenge);
    // Signing a challenge made for another place or person would let whoever made it in as us.
    if (statement.origin !== this.origin || statement.identity !== seat.identity) {
      throw new RefusedError("challenge_unknown", "origin or identity");
    }
    const signature = toB64u(await sign(seat.privateKey, { type: statement.type, bytes }));
    return this.server.ask(
      { method: "POST", path: "sessions", body: { challenge, signature }, anonymous: true },
      parseSession,
    );
  }
}
