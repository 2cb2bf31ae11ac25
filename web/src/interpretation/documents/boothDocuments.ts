/** The documents that the interpreters of a booth share. Fetched by interpreters alone. */
import { fromB64u, toB64u } from "../../kernel/b64u";
import { RefusedError } from "../../kernel/errors";
import { Cell } from "../../kernel/store";
import { type BoothGroup, type BoothGroupState, type Common, type CommonPut, NO_GROUP } from "../boothGroup";
import type { Depot } from "./depot";
import {
  afterDocuments,
  type BoothDocument,
  type Documents,
  faultOf,
  named,
  NO_DOCUMENTS,
  standing,
} from "./documents";
import { ADDED, open, seal } from "./sealed";

type Bytes = Uint8Array<ArrayBuffer>;

/** A document on its way in or out, and how far it is. */
export interface Moving {
  readonly name: string;
  readonly part: number;
  readonly of: number;
}

/** What is shown of them. */
export interface BoothDocumentsState extends BoothGroupState {
  readonly documents: readonly BoothDocument[];
  /** Null while none is on its way. */
  readonly moving: Moving | null;
}

/** What it needs. */
export interface BoothDocumentsNeeds {
  readonly group: Pick<BoothGroup, "state" | "keep" | "say" | "at">;
  readonly depot: Depot;
}

export class BoothDocuments implements Common {
  readonly kind = "documents";
  readonly state = new Cell<BoothDocumentsState>({ ...NO_GROUP, documents: [], moving: null });
  private readonly needs: BoothDocumentsNeeds;
  private documents: Documents = NO_DOCUMENTS;
  private moving: Moving | null = null;

  constructor(needs: BoothDocumentsNeeds) {
    this.needs = needs;
    needs.group.keep(this);
    needs.group.state.subscribe(() => {
      this.show();
    });
    this.show();
  }

  /** Why a file of so many bytes cannot be put in; null: it can. */
  faultOf(size: number): ReturnType<typeof faultOf> {
    return faultOf(this.documents, size);
  }

  /**
   * Seals a file and puts it in; settles when it is there for everybody.
   *
   * @throws RefusedError, OutageError when it is not, or may not be.
   */
  async put(name: string, clear: Bytes): Promise<void> {
    const booth = this.boothOf();
    const id = crypto.randomUUID();
    const called = named(name);
    const { key, box } = await seal(id, clear);
    await this.moves(called, async (far) => this.needs.depot.bring({ booth, id }, box, far));
    await this.say([{ id, name: called, size: clear.length, key: toB64u(key), gone: false }]);
  }

  /**
   * Fetches a document and opens it.
   *
   * @throws RefusedError when it is not there, or not what was put in; OutageError.
   */
  async read({ id, name, size, key: written }: BoothDocument): Promise<Bytes> {
    const booth = this.boothOf();
    const key = fromB64u(written);
    if (key === undefined) throw new RefusedError("not_found");
    const box = await this.moves(name, async (far) => this.needs.depot.fetch({ booth, id }, size + ADDED, far));
    return open(id, { key, box });
  }

  async takeAway(document: BoothDocument): Promise<void> {
    const booth = this.boothOf();
    await this.say([{ ...document, gone: true }]);
    await this.needs.depot.drop({ booth, id: document.id });
  }

  take(word: CommonPut): void {
    if (word.kind !== "documents") return;
    this.documents = afterDocuments(this.documents, word.documents);
    this.show();
  }

  async sayAll(): Promise<void> {
    await this.say([...this.documents.values()]);
  }

  forget(): void {
    this.documents = NO_DOCUMENTS;
    this.show();
  }

  private async say(documents: readonly BoothDocument[]): Promise<void> {
    const { group } = this.needs;
    if (documents.length === 0) return;
    await group.say({ kind: "documents", at: group.at(), does: "put", documents: [...documents] });
  }

  private boothOf(): string {
    const { booth } = this.state.get();
    if (booth === null) throw new RefusedError("group_unknown");
    return booth.id;
  }

  /** One at a time is on its way, and is shown. */
  private async moves<Result>(
    name: string,
    go: (far: (part: number, of: number) => void) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await go((part, of) => {
        this.moving = { name, part, of };
        this.show();
      });
    } finally {
      this.moving = null;
      this.show();
    }
  }

  private show(): void {
    this.state.set({ ...this.needs.group.state.get(), documents: standing(this.documents), moving: this.moving });
  }
}

/** What the screens use of it. */
export type OwnDocuments = Pick<BoothDocuments, "state" | "faultOf" | "put" | "read" | "takeAway">;
