/** What belongs to the summit and to no meeting: the formats that were signed, who enrolled, and the log. */
import type { ServerDoor } from "../contract/client";
import { type Enrolled, type FormatName, parseEnrolments } from "../contract/parse";

/** The whole log may be long, and the way to it slow, in ms. */
const LONG_PATIENCE = 120_000;

export interface RegistryNeeds {
  readonly server: Pick<ServerDoor, "ask" | "read">;
  /** Formats that every delegation signed. */
  readonly formats: () => readonly FormatName[];
  /** Hands a text to the person as a file of this name. */
  readonly save: (name: string, text: string) => void;
}

export class SummitRegistry {
  private readonly needs: RegistryNeeds;

  constructor(needs: RegistryNeeds) {
    this.needs = needs;
  }

  formats(): readonly FormatName[] {
    return this.needs.formats();
  }

  async enrolments(): Promise<readonly Enrolled[]> {
    const { enrolments } = await this.needs.server.ask({ method: "GET", path: "enrolments" }, parseEnrolments);
    return enrolments;
  }

  /** The log as the server sends it, to the byte: whoever checks it checks its seals. */
  async saveLog(): Promise<void> {
    const text = await this.needs.server.read({ method: "GET", path: "audit", patience: LONG_PATIENCE });
    this.needs.save("visavis-log.ndjson", text);
  }
}
