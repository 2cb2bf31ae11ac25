/** The glossary that the interpreters of a booth share. Fetched by interpreters alone. */
import { Cell } from "../../kernel/store";
import { type BoothGroup, type BoothGroupState, type Common, type CommonPut, NO_GROUP } from "../boothGroup";
import {
  afterTerms,
  type Glossary,
  inParts,
  MOST_TERMS,
  nameOf,
  NO_TERMS,
  putting,
  standing,
  takingAway,
  type Term,
  type Written,
} from "./glossary";
import type { BadLine, ReadTerms } from "./reading";

/** What is shown of it. */
export interface BoothGlossaryState extends BoothGroupState {
  readonly terms: readonly Term[];
}

/** What has become of a file. */
export interface Imported {
  readonly taken: number;
  readonly bad: readonly BadLine[];
  /** How many there was no more room for. */
  readonly left: number;
}

/** What it needs. */
export interface BoothGlossaryNeeds {
  readonly group: Pick<BoothGroup, "state" | "keep" | "say" | "at">;
  /** Hands a text to the person as a file. */
  save(name: string, text: string): void;
}

export class BoothGlossary implements Common {
  readonly kind = "glossary";
  readonly state = new Cell<BoothGlossaryState>({ ...NO_GROUP, terms: [] });
  private readonly needs: BoothGlossaryNeeds;
  private glossary: Glossary = NO_TERMS;

  constructor(needs: BoothGlossaryNeeds) {
    this.needs = needs;
    needs.group.keep(this);
    needs.group.state.subscribe(() => {
      this.show();
    });
    this.show();
  }

  /**
   * Puts terms in, or changes their notes; settles when they are there for everybody.
   *
   * @throws RefusedError, OutageError when some were not said, or may not have been.
   */
  async put(written: readonly Written[]): Promise<void> {
    await this.say(putting(this.glossary, written));
  }

  /**
   * Puts in what was read of a file, as far as there is room.
   *
   * @throws RefusedError, OutageError as `put`.
   */
  async putRead({ terms, bad }: ReadTerms): Promise<Imported> {
    const said = putting(this.glossary, terms);
    const fresh = said.filter((term) => !this.glossary.has(nameOf(term)));
    const left = fresh.slice(Math.max(0, MOST_TERMS - this.glossary.size));
    await this.say(said.filter((term) => !left.includes(term)));
    return { taken: terms.length - left.length, bad, left: left.length };
  }

  /** Hands a table of its terms to the person. */
  save(table: string): void {
    this.needs.save("glossary.csv", table);
  }

  async takeAway(term: Term): Promise<void> {
    await this.say(takingAway(term));
  }

  take(word: CommonPut): void {
    if (word.kind !== "glossary") return;
    this.glossary = afterTerms(this.glossary, word.terms);
    this.show();
  }

  async sayAll(): Promise<void> {
    await this.say([...this.glossary.values()]);
  }

  forget(): void {
    this.glossary = NO_TERMS;
    this.show();
  }

  private async say(terms: readonly Term[]): Promise<void> {
    const { group } = this.needs;
    for (const part of inParts(terms)) {
      await group.say({ kind: "glossary", at: group.at(), does: "put", terms: [...part] });
    }
  }

  private show(): void {
    this.state.set({ ...this.needs.group.state.get(), terms: standing(this.glossary) });
  }
}

/** What the screens use of it. */
export type OwnGlossary = Pick<BoothGlossary, "state" | "put" | "takeAway" | "putRead" | "save">;
