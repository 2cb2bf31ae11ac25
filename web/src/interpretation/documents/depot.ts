/** Where the server keeps a booth's documents, sealed, in parts (docs/protocol.md §8). It reads none of them. */
import type { ServerDoor } from "../../contract/client";
import { parseDocumentPart } from "../../contract/parseDocument";
import { fromB64u, toB64u } from "../../kernel/b64u";
import { RefusedError } from "../../kernel/errors";
import type { MeetingId } from "../../kernel/ids";

type Bytes = Uint8Array<ArrayBuffer>;

/** Where a document is. */
export interface Shelf {
  /** The booth's id. */
  readonly booth: string;
  /** The document's. */
  readonly id: string;
}

/** Everything may throw a `RefusedError` or an `OutageError`. */
export interface Depot {
  /** Brings all parts of a box. @param brought how many of how many are there. */
  bring(shelf: Shelf, box: Bytes, brought: (part: number, of: number) => void): Promise<void>;
  /** Fetches a box of so many bytes. @param fetched how many parts of how many are here. */
  fetch(shelf: Shelf, size: number, fetched: (part: number, of: number) => void): Promise<Bytes>;
  drop(shelf: Shelf): Promise<void>;
}

/** Of a part, in bytes: as many as the server takes at a time. */
export const PART = 384 * 1024;
/** A part may take a slow line so long, in ms. */
const PATIENCE = 60_000;

/** The depot of a server. */
export class HttpDepot implements Depot {
  private readonly server: Pick<ServerDoor, "ask" | "tell">;
  private readonly meeting: () => MeetingId | null;

  constructor(server: Pick<ServerDoor, "ask" | "tell">, meeting: () => MeetingId | null) {
    this.server = server;
    this.meeting = meeting;
  }

  async bring(shelf: Shelf, box: Bytes, brought: (part: number, of: number) => void): Promise<void> {
    const parts = Math.ceil(box.length / PART);
    for (let part = 0; part < parts; part += 1) {
      brought(part, parts);
      const body = { box: toB64u(box.subarray(part * PART, (part + 1) * PART)) };
      await this.server.tell({ method: "PUT", path: `${this.path(shelf)}/parts/${part}`, body, patience: PATIENCE });
    }
  }

  async fetch(shelf: Shelf, size: number, fetched: (part: number, of: number) => void): Promise<Bytes> {
    const box = new Uint8Array(size);
    const parts = Math.ceil(size / PART);
    for (let part = 0; part < parts; part += 1) {
      fetched(part, parts);
      const asked = { method: "GET", path: `${this.path(shelf)}/parts/${part}`, patience: PATIENCE } as const;
      const bytes = fromB64u((await this.server.ask(asked, parseDocumentPart)).box);
      if (bytes?.length !== Math.min(PART, size - part * PART)) throw new RefusedError("not_found");
      box.set(bytes, part * PART);
    }
    return box;
  }

  async drop(shelf: Shelf): Promise<void> {
    await this.server.tell({ method: "DELETE", path: this.path(shelf) });
  }

  private path({ booth, id }: Shelf): string {
    return `meetings/${this.meeting() ?? ""}/groups/booth.${booth}/documents/${id}`;
  }
}
