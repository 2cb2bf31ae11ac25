import type { Clock } from "../kernel/clock";
import type { Log } from "../kernel/log";
import type { Delivery } from "./delivery";
import type { Envelopes } from "./envelopes";
import type { KeyWord } from "./frames/messages";
import type { MembershipNeeds } from "./membership";
import type { VoidsNeeds } from "./voids";
import type { AgentTold } from "./words";

/** What an agent needs. */
export interface AgentNeeds extends Omit<MembershipNeeds, "now" | "isRevoked">, VoidsNeeds {
  readonly clock: Clock;
  /** From 0 to 1. */
  chance(): number;
  readonly log: Log;
  readonly delivery: Delivery;
  /** Told of every epoch that one is in. */
  readonly envelopes: Pick<Envelopes, "begin" | "leave">;
  frames(word: KeyWord): void;
  tell(told: AgentTold): void;
}
