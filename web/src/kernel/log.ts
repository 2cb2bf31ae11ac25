/** A log line's facts: plain values only, so that nothing large or secret slips in with an object. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  note(event: string, facts?: Facts): void;
  trouble(event: string, cause: unknown, facts?: Facts): void;
}

/** JSON Web Tokens, and any run of base64url long enough to be a key, a signature or a session. */
const SECRETS = /eyJ[\w-]+\.[\w-]+\.[\w-]+|[\w-]{40,}/g;

export function masked(text: string): string {
  return text.replaceAll(SECRETS, "****");
}

function line(event: string, facts: Facts): string {
  const words = Object.entries(facts).map(([name, value]) => `${name}=${String(value)}`);
  return masked(["visavis", event, ...words].join(" "));
}

/** Writes to the browser's console; every line passes the mask. */
export const consoleLog: Log = {
  note(event, facts = {}) {
    console.info(line(event, facts));
  },
  trouble(event, cause, facts = {}) {
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    console.warn(line(event, { ...facts, why }));
  },
};
