/**
 * Who may still be heard outside though the doors have closed. A device that has said that it sends nothing outside any
 * more, and whose frames go on coming under the floor's key, is named to everybody, until it has said so anew.
 */
import type { Clock } from "../kernel/clock";
import type { Identity } from "../kernel/ids";
import { Cell } from "../kernel/store";

/** For how long something said before may be under way, in ms. */
const UNDER_WAY = 1000;
/** For how long somebody is named at least, in ms: long enough to be read by all. */
export const NAMED = 30_000;

/** What it needs. */
export interface OverheardNeeds {
  readonly clock: Clock;
  /** Tells everybody, whoever it is among them, that they are heard outside of this opening of the doors. */
  warn(of: Identity, opening: number): void;
}

export class Overheard {
  readonly state = new Cell<readonly Identity[]>([]);
  private readonly needs: OverheardNeeds;
  /** Whose doors have closed; 0 while there are none. */
  private opening = 0;
  /** When each device has said last that it has closed, by opening: maybe before one has heard oneself that it is over. */
  private readonly shut = new Map<Identity, Map<number, number>>();
  /** Who was heard outside, and when last. */
  private readonly heard = new Map<Identity, number>();
  /** Whom one has warned of, or was warned of, since they have closed. */
  private readonly warned = new Set<Identity>();
  private callOff: () => void = () => undefined;

  constructor(needs: OverheardNeeds) {
    this.needs = needs;
  }

  /** This opening of the doors is over. */
  closed(opening: number): void {
    if (opening === this.opening) return;
    this.open();
    this.opening = opening;
    for (const said of this.shut.values()) for (const each of said.keys()) if (each < opening) said.delete(each);
  }

  /** A device has said, sealed and signed, that nothing leaves it any more under this opening's keys. */
  hasShut(from: Identity, opening: number): void {
    if (opening < this.opening) return;
    const said = this.shut.get(from) ?? new Map<number, number>();
    this.shut.set(from, said.set(opening, this.needs.clock.now()));
    if (opening !== this.opening) return;
    this.warned.delete(from);
    this.look();
  }

  /** A frame came that this device, or whoever has its key, sealed under this floor's key. */
  found(from: Identity, opening: number): void {
    const at = this.shut.get(from)?.get(opening);
    if (opening !== this.opening || at === undefined || this.needs.clock.now() < at + UNDER_WAY) return;
    const isNew = !this.warned.has(from);
    this.name(from);
    if (isNew) this.needs.warn(from, opening);
  }

  /** Somebody else has found one, and says so. */
  warnedOf(of: Identity, opening: number): void {
    if (opening === this.opening && !this.warned.has(of)) this.name(of);
  }

  /** Only these are there: whoever is gone is heard nowhere. */
  there(roster: readonly Identity[]): void {
    for (const identity of this.heard.keys()) if (!roster.includes(identity)) this.heard.delete(identity);
    this.look();
  }

  /** The meeting is left. */
  end(): void {
    this.shut.clear();
    this.open();
  }

  /** Doors are open, or in doubt. */
  open(): void {
    this.callOff();
    this.opening = 0;
    this.heard.clear();
    this.warned.clear();
    this.look();
  }

  private name(identity: Identity): void {
    this.warned.add(identity);
    this.heard.set(identity, this.needs.clock.now());
    this.look();
  }

  /** Whoever has closed anew since is named for as long as it takes to read it, and no longer. */
  private look(): void {
    this.callOff();
    const now = this.needs.clock.now();
    const mended = [...this.heard].filter(([identity]) => !this.warned.has(identity));
    for (const [identity, at] of mended) if (at + NAMED <= now) this.heard.delete(identity);
    const ends = mended.map(([, at]) => at + NAMED).filter((end) => end > now);
    if (ends.length > 0) {
      this.callOff = this.needs.clock.after(Math.min(...ends) - now, () => {
        this.look();
      });
    }
    const named = [...this.heard.keys()];
    if (String(named) !== String(this.state.get())) this.state.set(named);
  }
}
