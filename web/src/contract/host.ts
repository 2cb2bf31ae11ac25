/** Whose server this page asks: the one it came from, or the one that its copy names. */

/** The host's server, and whether this page came from it. */
export interface Host {
  readonly origin: string;
  /** The page is the host's copy: whoever uses it trusts the host for it. */
  readonly own: boolean;
}

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Tells the host's server. A copy that a delegation serves names it in one line of its page; that line is data, and
 * what is not plainly the origin of a server, reached safely, is refused.
 */
export function hostOf(page: { readonly origin: string; readonly named: string | null }): Host {
  if (page.named === null) return { origin: page.origin, own: true };
  if (!isSafeOrigin(page.named)) throw new Error("the page names no server that it could ask");
  return { origin: page.named, own: page.named === page.origin };
}

/** Where a meeting's events come from. */
export function eventsAt(host: Host, meeting: string): string {
  return `${host.origin.replace(/^http/u, "ws")}/api/meetings/${encodeURIComponent(meeting)}/socket`;
}

/** The page that is open. */
export function thisPage(): { readonly origin: string; readonly named: string | null } {
  const named = document.querySelector<HTMLMetaElement>('meta[name="visavis-server"]')?.content ?? null;
  return { origin: location.origin, named };
}

function isSafeOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return origin === text && (protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname)));
}
