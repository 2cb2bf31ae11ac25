/** The small shapes that the messages are made of: instants, keys, names, tags. */
import * as v from "valibot";
import { fromB64u } from "../kernel/b64u";
import type { Identity, Language, Party } from "../kernel/ids";

export const named = <Name extends string>() =>
  v.pipe(
    v.string(),
    v.nonEmpty(),
    v.maxLength(200),
    v.transform((text) => text as Name),
  );
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const b64u = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]*$/));
export const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  // No 30 February: a date that is none would be read as another one.
  v.check((text) => new Date(text).toJSON() === text),
);
export const bytes = (length: number) =>
  v.pipe(
    b64u,
    v.check((text) => fromB64u(text)?.length === length),
  );
/** What breaks a line, or turns the order of letters beside it (Unicode UAX #9). */
export const UNFIT_IN_LINE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
/** Names are shown beside others: nothing in one may turn their order or break the line. */
export const line = v.pipe(
  v.string(),
  v.check((text) => text !== "" && Array.from(text).length <= 200),
  v.check((text) => !/^[^\S\uFEFF]|[^\S\uFEFF]$/u.test(text)),
  v.check((text) => !UNFIT_IN_LINE.test(text)),
);
export const tag = v.pipe(
  v.string(),
  // RFC 5646 §2.1, without the rare forms.
  v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  v.maxLength(35),
  v.transform((text) => text as Language),
);
export const identity = v.pipe(
  v.string(),
  v.regex(/^[A-Z2-7]{26}$/),
  v.transform((text) => text as Identity),
);
export const partyId = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]{0,31}$/),
  v.transform((text) => text as Party),
);

export function allUnlike(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

export function inOrder({ issued, expires }: { readonly issued: string; readonly expires: string }): boolean {
  return issued < expires;
}

export const tags = v.pipe(
  v.array(tag),
  v.minLength(1),
  v.maxLength(64),
  v.check((values) => allUnlike(values)),
);

/** The name of a group of keys: `chamber`, `floor.2`, `caucus.arven`, `booth.arven.en`. */
export const groupName = v.pipe(
  v.string(),
  v.maxLength(40),
  v.regex(/^(chamber|floor\.[1-9]\d{0,5}|caucus\.[a-z][a-z0-9-]{0,31}|booth\.[a-z][a-z0-9-]{0,31}\.[A-Za-z0-9.-]+)$/),
);
