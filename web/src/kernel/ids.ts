/** Names of things that must not be mistaken for each other: one type each. */
declare const brand: unique symbol;
type Brand<Name extends string> = string & { readonly [brand]: Name };

export type MemberId = Brand<"MemberId">;
export type MeetingId = Brand<"MeetingId">;
export type SummitId = Brand<"SummitId">;
export type AgendaItemId = Brand<"AgendaItemId">;
/** `base32(SHA-256(device public key))[:26]`; the LiveKit identity too. */
export type Identity = Brand<"Identity">;
/** A delegation's id, `press` or `host`. */
export type Party = Brand<"Party">;
/** A BCP 47 language tag. */
export type Language = Brand<"Language">;
