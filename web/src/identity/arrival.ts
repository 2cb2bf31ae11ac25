import type { ServerDoor } from "../contract/client";
import { type Dossier, parseDescriptorSent, parseDossier } from "../contract/parse";
import { waitBefore } from "../kernel/backoff";
import type { Clock } from "../kernel/clock";
import { OutageError, RefusedError } from "../kernel/errors";
import type { Log } from "../kernel/log";
import { Cell } from "../kernel/store";
import type { ErrorCode } from "../contract/codes";
import { checkChain, checkDescriptor, seatMatches } from "./accreditation";
import type { KeptSeat, KeptSeats } from "./deviceKeys";
import type { Lack } from "./fitness";
import { enrol, makeSeat } from "./enrolment";
import { type Invited, readAddress, seatAddress } from "./invitation";
import type { Roll } from "./roll";
import type { SessionBearer } from "./session";

/** Who one is, before anything else can be shown. */
export type SignInState =
  | { readonly at: "nobody" }
  | { readonly at: "enrolling" }
  | { readonly at: "signing-in" }
  | { readonly at: "signed-in"; readonly dossier: Dossier }
  | { readonly at: "refused"; readonly code: ErrorCode }
  | { readonly at: "unfit-browser"; readonly lacks: readonly Lack[] };

/** The page's address, as far as it says who comes. */
export interface AddressBar {
  fragment(): string;
  /** Puts another fragment in its place; the old one is not to be come back to. */
  become(fragment: string): void;
}

/** What arriving needs. */
export interface ArrivalNeeds {
  readonly server: Pick<ServerDoor, "ask">;
  readonly bearer: SessionBearer;
  readonly roll: Pick<Roll, "pin">;
  readonly seats: KeptSeats;
  readonly address: AddressBar;
  /** What this browser lacks, by name. */
  lacking(): Promise<readonly Lack[]>;
  readonly clock: Clock;
  readonly log: Log;
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

  /** Reads the list of meetings again; who one is and which summit it is were checked, and stay. */
  async refresh(): Promise<void> {
    const { meetings } = await this.needs.server.ask({ method: "GET", path: "dossier" }, parseDossier);
    const signIn = this.state.get();
    if (signIn.at !== "signed-in") return;
    this.state.set({ at: "signed-in", dossier: { ...signIn.dossier, meetings } });
  }

  private async run(): Promise<void> {
    const lacks = await this.needs.lacking();
    if (lacks.length > 0) {
      this.state.set({ at: "unfit-browser", lacks });
      return;
    }
    try {
      const address = readAddress(this.needs.address.fragment());
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
    const seat = await this.needs.seats.find(serial);
    if (seat === undefined) this.state.set({ at: "nobody" });
    else await this.open(seat);
  }

  private async comeInvited(invited: Invited): Promise<void> {
    const { serial } = invited.invitation;
    this.serial = serial;
    this.state.set({ at: "enrolling" });
    const kept = await this.needs.seats.find(serial);
    const seat = kept?.invitation === invited.sent ? kept : await makeSeat(invited, this.needs.clock);
    if (seat !== kept) await this.needs.seats.keep(seat);
    await this.persist(async () => enrol(seat, this.needs.server));
    // The link is taken from the address only now: a page closed before has lost nothing.
    this.needs.address.become(seatAddress(serial));
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
    const { id, title } = pinned.descriptor.summit;
    if (dossier.summit.id !== id || dossier.summit.title !== title) throw new RefusedError("descriptor_bad", "summit");
    roll.pin(pinned, seat.identity);
    return dossier;
  }
}
