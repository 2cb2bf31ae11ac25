import type { ServerDoor } from "../contract/client";
import { type Dossier, parseDescriptorSent, parseDossier } from "../contract/parse";
import { waitBefore } from "../kernel/backoff";
import type { Clock } from "../kernel/clock";
import { OutageError, RefusedError } from "../kernel/errors";
import type { Log } from "../kernel/log";
import { Cell } from "../kernel/store";
import type { ErrorCode } from "../contract/codes";
import { checkChain, checkDescriptor, seatMatches } from "./accreditation";
import { type KeptSeat, keptSeats } from "./deviceKeys";
import { enrol, makeSeat } from "./enrolment";
import { type Invited, readAddress, seatAddress } from "./invitation";
import type { Roll } from "./roll";
import type { SessionBearer } from "./session";
import { newDeviceKey } from "./statements";

/** Who one is, before anything else can be shown. */
export type SignInState =
  | { readonly at: "nobody" }
  | { readonly at: "enrolling" }
  | { readonly at: "signing-in" }
  | { readonly at: "signed-in"; readonly dossier: Dossier }
  | { readonly at: "refused"; readonly code: ErrorCode }
  | { readonly at: "unfit-browser"; readonly lacks: readonly string[] };

/** What arriving needs. */
export interface ArrivalNeeds {
  readonly server: ServerDoor;
  readonly bearer: SessionBearer;
  readonly roll: Roll;
  readonly clock: Clock;
  readonly log: Log;
}

/** What this client cannot do without, by the names an operator would search for. */
async function lacking(): Promise<readonly string[]> {
  const lacks: string[] = [];
  if (!globalThis.isSecureContext) return ["secure context"];
  if (!("RTCPeerConnection" in globalThis)) lacks.push("WebRTC");
  if (!("locks" in navigator)) lacks.push("Web Locks");
  if (!("AudioContext" in globalThis)) lacks.push("Web Audio");
  if (!("indexedDB" in globalThis)) lacks.push("IndexedDB");
  try {
    await newDeviceKey();
  } catch {
    lacks.push("Ed25519");
  }
  return lacks;
}

/** From the address to a session: enrols with the link's invitation, or comes back with the kept key. */
export class Arrival {
  readonly state = new Cell<SignInState>({ at: "nobody" });
  private readonly needs: ArrivalNeeds;
  private serial: string | null = null;
  private running: Promise<void> | null = null;

  constructor(needs: ArrivalNeeds) {
    this.needs = needs;
  }

  /** The serial of the seat one arrived at; null before. Names what belongs to one seat in this browser. */
  get seat(): string | null {
    return this.serial;
  }

  /** Rejects never: how it went stands in the state. */
  async arrive(): Promise<void> {
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async run(): Promise<void> {
    const lacks = await lacking();
    if (lacks.length > 0) {
      this.state.set({ at: "unfit-browser", lacks });
      return;
    }
    try {
      const address = readAddress(location.hash);
      if (address.at === "invited") await this.comeInvited(address.invited);
      else if (address.at === "seat") await this.comeBack(address.serial);
      else this.state.set({ at: "nobody" });
    } catch (error) {
      if (!(error instanceof RefusedError || error instanceof OutageError)) throw error;
      this.needs.log.trouble("not signed in", error, { code: error.code });
      this.state.set({ at: "refused", code: error.code });
    }
  }

  private async comeBack(serial: string): Promise<void> {
    this.serial = serial;
    const seat = await keptSeats.find(serial);
    if (seat === undefined) this.state.set({ at: "nobody" });
    else await this.open(seat);
  }

  private async comeInvited(invited: Invited): Promise<void> {
    const { serial } = invited.invitation;
    this.serial = serial;
    this.state.set({ at: "enrolling" });
    const kept = await keptSeats.find(serial);
    const seat = kept?.invitation === invited.sent ? kept : await makeSeat(invited, this.needs.clock);
    if (seat !== kept) await keptSeats.keep(seat);
    await this.persist(async () => enrol(seat, this.needs.server));
    // The link is taken from the address only now: a page closed before has lost nothing.
    history.replaceState(history.state, "", seatAddress(serial));
    await this.open(seat);
  }

  private async open(seat: KeptSeat): Promise<void> {
    this.state.set({ at: "signing-in" });
    const dossier = await this.persist(async () => this.signIn(seat));
    this.state.set({ at: "signed-in", dossier });
  }

  /** Goes on trying while the server cannot be reached. */
  private async persist<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof OutageError)) throw error;
        this.needs.log.note("server out of reach", { tries });
        await new Promise<void>((resolve) => {
          this.needs.clock.after(waitBefore(tries), resolve);
        });
      }
    }
  }

  private async signIn(seat: KeptSeat): Promise<Dossier> {
    const { server, bearer, roll } = this.needs;
    const session = await bearer.openFor(seat);
    const summit = encodeURIComponent(session.summit);
    const [sent, dossier] = await Promise.all([
      server.ask({ method: "GET", path: `summits/${summit}/descriptor` }, parseDescriptorSent),
      server.ask({ method: "GET", path: "dossier" }, parseDossier),
    ]);
    const pinned = await checkDescriptor(sent, seat.dh);
    const own = await checkChain(seat, pinned);
    if (own.identity !== seat.identity || !seatMatches(dossier.you, own)) {
      throw new RefusedError("device_bad", "own seat");
    }
    roll.pin(pinned);
    return dossier;
  }
}
