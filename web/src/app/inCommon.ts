/** What the interpreters of a booth have in common, put together. Fetched by them alone. */
import type { ServerDoor } from "../contract/client";
import { BoothGroup, type BoothGroupNeeds } from "../interpretation/boothGroup";
import { BoothDocuments } from "../interpretation/documents/boothDocuments";
import { HttpDepot } from "../interpretation/documents/depot";
import { BoothGlossary } from "../interpretation/glossary/boothGlossary";
import type { MeetingId } from "../kernel/ids";
import type { InCommon } from "./faces";

/** Where it is kept, and how one gets at it. */
export interface CommonGround {
  readonly server: Pick<ServerDoor, "ask" | "tell">;
  readonly meeting: () => MeetingId | null;
  /** Hands something to the person as a file. */
  readonly save: (name: string, content: BlobPart) => void;
}

export function commonOf(needs: BoothGroupNeeds, { server, meeting, save }: CommonGround): InCommon {
  const group = new BoothGroup(needs);
  return {
    glossary: new BoothGlossary({ group, save }),
    documents: new BoothDocuments({ group, depot: new HttpDepot(server, meeting) }),
    save,
  };
}
