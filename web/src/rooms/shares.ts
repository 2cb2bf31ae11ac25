/** Who may have which of one's tracks, as the SFU is told: everything that is for all, and what is whispered. */
import type { LocalParticipant, LocalTrackPublication } from "livekit-client";
import type { Identity, Language } from "../kernel/ids";

/** The channel of what is whispered to oneself; no language has such a tag (`contract/atoms.ts`). */
export const WHISPER = "whisper" as Language;
/** How the name of what is whispered begins; who it is for follows. */
export const WHISPERED = `${WHISPER}:`;

/** What one person may have: all, or the tracks with these ids of the SFU's. */
export type Share = { readonly participantIdentity: Identity } & (
  | { readonly allowAll: true }
  | { readonly allowedTrackSids: string[] }
);

/**
 * Who may have what. Pure.
 *
 * @param whispered the name of what is whispered, or about to be; null: nothing is.
 * @param sent the ids of what is sent, by name.
 */
export function sharesOf(
  hearers: readonly Identity[],
  whispered: string | null,
  sent: readonly (readonly [string, string])[],
): Share[] {
  const forAll = sent.flatMap(([name, id]) => (name.startsWith(WHISPERED) ? [] : [id]));
  return hearers.map((participantIdentity) =>
    whispered === null || whispered === WHISPERED + participantIdentity
      ? { participantIdentity, allowAll: true }
      : { participantIdentity, allowedTrackSids: forAll },
  );
}

/** Tells the SFU who may have what of one line, before it has what is to be kept from somebody. */
export class Sharing {
  private readonly own: Pick<LocalParticipant, "setTrackSubscriptionPermissions">;
  private readonly sent: ReadonlyMap<string, Pick<LocalTrackPublication, "trackSid">>;
  private hearers: readonly Identity[] = [];
  /** The name of what is whispered. */
  private whispered: string | null = null;

  /** @param sent what is sent now, by name. */
  constructor(own: Sharing["own"], sent: Sharing["sent"]) {
    this.own = own;
    this.sent = sent;
  }

  restrict(hearers: readonly Identity[]): void {
    this.hearers = hearers;
    this.tell();
  }

  /** A track of this name is about to be sent. */
  begins(name: string): void {
    if (!name.startsWith(WHISPERED)) return;
    this.whispered = name;
    this.tell();
  }

  /** A track is sent: what is for all is named one by one while something is not. */
  began(): void {
    if (this.whispered !== null) this.tell();
  }

  /** The SFU has no track of this name any more. */
  ended(name: string): void {
    if (name !== this.whispered) return;
    this.whispered = null;
    this.tell();
  }

  private tell(): void {
    const sent = [...this.sent].map(([name, { trackSid }]) => [name, trackSid] as const);
    this.own.setTrackSubscriptionPermissions(false, sharesOf(this.hearers, this.whispered, sent));
  }
}
