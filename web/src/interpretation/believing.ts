/**
 * Which channels and booths are believed: those under which a chair of every delegation has put the signature of their
 * device, and of a delegation's own booths one of its own. The server hands the statements on: it can withhold them, and make
 * none. An older one in the place of a newer is not believed, nor one that was not there when its time ended: a signature that was
 * taken back is worth nothing then. Fetched when there is any.
 */
import type { Believed, Channel, Seat, SnapshotSent } from "../contract/parse";
import { bytesOf, readStatement, verifies } from "../identity";
import { parseDevice } from "../contract/parse";
import { RefusedError } from "../kernel/errors";
import type { Language, Party } from "../kernel/ids";
import type { Log } from "../kernel/log";
import { mayAsk } from "../summits";
import { ARRANGEMENT, type Arrangement, boothsIn, countedAs, readArrangement } from "./arrangement";

type Sent = SnapshotSent["arranged"][number];
/** What of a snapshot is looked at; its seats are those whose chain was checked. */
export type Shown = Pick<SnapshotSent, "summit" | "meeting" | "arranged" | "seats" | "delegations" | "languages">;

/** What it needs of the page. */
export interface BelievingNeeds {
  /** What outlives a reload of the page, and nothing else. */
  readonly memory: Pick<Storage, "getItem" | "setItem">;
  readonly log: Log;
}

/** What is remembered of the newest that was believed. */
interface Remembered {
  readonly number: number;
  readonly statement: string | null;
}

const NOTHING: Remembered = { number: 0, statement: null };

/** The newest that was believed of one delegation's, or of all. */
interface Kept {
  readonly sent: Sent;
  readonly said: Arrangement;
}

const KEPT = "visavis.arranged";

export class Believing {
  private readonly needs: BelievingNeeds;
  private meeting: Shown["meeting"]["id"] | null = null;
  private kept: ReadonlyMap<string, Kept> = new Map();
  /** Statements as they were read; null: not of here, or none. */
  private readonly read = new Map<string, Arrangement | null>();
  /** Whether a device has signed a statement so. */
  private readonly verdicts = new Map<string, boolean>();
  private believed: Believed | null = null;
  /** Snapshots are looked at one after the other, as they come. */
  private looking: Promise<unknown> = Promise.resolve();

  constructor(needs: BelievingNeeds) {
    this.needs = needs;
  }

  /**
   * What is believed now; the same object for as long as it is the same.
   *
   * @param attended until when all that was shown had been seen, before this was; null: never yet.
   */
  async of(shown: Shown, attended: number | null): Promise<Believed> {
    const before = this.looking;
    const looked = (async () => {
      await before;
      return this.look(shown, attended ?? 0);
    })();
    this.looking = looked.catch(() => undefined);
    return looked;
  }

  private async look(shown: Shown, attended: number): Promise<Believed> {
    if (this.meeting !== shown.meeting.id) {
      this.meeting = shown.meeting.id;
      this.kept = new Map();
      this.read.clear();
    }
    for (const sent of shown.arranged) await this.take(sent, shown, attended);
    // Whoever signed may have been revoked since.
    const standing: Kept[] = [];
    for (const each of this.kept.values()) if (await this.isSigned(each, shown)) standing.push(each);
    const next = believedIn(standing, shown, this.numbers(shown));
    if (JSON.stringify(next) !== JSON.stringify(this.believed)) this.believed = next;
    return this.believed ?? next;
  }

  /** Believes a statement in the place of an older one, if it could have come since one saw all that there was. */
  private async take(sent: Sent, shown: Shown, attended: number): Promise<void> {
    const said = this.saidIn(sent, shown);
    if (said === null) return;
    const name = countedAs(said);
    const seen = this.seen(name);
    // Of one number the first stands: a signature under the other may have been taken back before.
    const isOlder = said.number < seen.number || (said.number === seen.number && sent.statement !== seen.statement);
    const isLate = said.number > seen.number && Date.parse(said.until) < attended;
    if (isOlder || isLate || !(await this.isSigned({ sent, said }, shown))) return;
    this.kept = new Map([...this.kept, [name, { sent, said }]]);
    const seenNow: Remembered = { number: said.number, statement: sent.statement };
    this.needs.memory.setItem(this.placeOf(name), JSON.stringify(seenNow));
  }

  /** Whether a chair of each delegation that must has signed it, and still is one. */
  private async isSigned({ sent, said }: Kept, { seats, delegations }: Shown): Promise<boolean> {
    const needed = delegations.filter(({ id }) => said.party === null || said.party === id);
    const signed = new Set<Party>();
    for (const { member, signature } of sent.signatures) {
      const seat = seats.find((each) => each.member === member);
      if (isChair(seat) && (await this.hasSigned(seat, sent.statement, signature))) signed.add(seat.party);
    }
    return needed.length > 0 && needed.every(({ id }) => signed.has(id));
  }

  private async hasSigned({ device }: Seat, statement: string, signature: string): Promise<boolean> {
    const name = [device, statement, signature].join(" ");
    const known = this.verdicts.get(name);
    if (known !== undefined) return known;
    const key = bytesOf(readStatement(bytesOf(device), parseDevice).key);
    const verdict = await verifies(key, bytesOf(signature), { type: ARRANGEMENT, bytes: bytesOf(statement) });
    this.verdicts.set(name, verdict);
    return verdict;
  }

  private saidIn({ statement }: Sent, shown: Shown): Arrangement | null {
    const known = this.read.get(statement);
    if (known !== undefined) return known;
    let said: Arrangement | null = null;
    try {
      said = readArrangement(statement, shown);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.needs.log.note("arrangement refused", { code: error.code });
    }
    this.read.set(statement, said);
    return said;
  }

  /** The newest that was believed, also before a reload. */
  private seen(name: string): Remembered {
    const kept = this.needs.memory.getItem(this.placeOf(name));
    return kept === null ? NOTHING : (JSON.parse(kept) as Remembered);
  }

  /** The newest number of each, believed or only shown: whoever signs another counts on from there. */
  private numbers(shown: Shown): Readonly<Record<string, number>> {
    const said = shown.arranged.flatMap((sent) => this.saidIn(sent, shown) ?? []);
    const names = new Set([...this.kept.keys(), ...said.map((each) => countedAs(each))]);
    return Object.fromEntries(
      [...names].toSorted().map((name) => {
        const shownOf = said.filter((each) => countedAs(each) === name).map(({ number }) => number);
        return [name, Math.max(this.seen(name).number, ...shownOf)];
      }),
    );
  }

  private placeOf(name: string): string {
    return `${KEPT} ${this.meeting ?? ""} ${name}`;
  }
}

/** Where nothing is believed: every language of the summit is spoken, and interpreters are arranged by theirs. */
export function spokenIn(languages: readonly Language[]): readonly Channel[] {
  return languages.map((language) => ({ language, kind: "spoken" }));
}

function believedIn(standing: readonly Kept[], shown: Shown, numbers: Believed["numbers"]): Believed {
  const order: readonly (Party | null)[] = [...shown.delegations.map(({ id }) => id), null];
  const inOrder = standing.toSorted((one, other) => order.indexOf(one.said.party) - order.indexOf(other.said.party));
  const common = inOrder.find(({ said }) => said.party === null);
  const statements = new Set(inOrder.map(({ sent }) => sent.statement));
  const told = new Set(shown.arranged.map(({ statement }) => statement));
  return {
    channels: common?.said.channels ?? spokenIn(shown.languages),
    booths: inOrder.flatMap(({ said }) => boothsIn(said)),
    numbers,
    isDoubtful: statements.size !== told.size || [...told].some((statement) => !statements.has(statement)),
  };
}

function isChair(seat: Seat | undefined): seat is Seat {
  return seat !== undefined && mayAsk("arrange_booths", seat, { phase: "closed", format: "plenary" });
}
