/** The only way to the server over HTTP: asks, renews the session, turns problems into codes. */
import { OutageError, RefusedError } from "../kernel/errors";
import { fromJson, problemCode } from "./parse";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** Who is asking: the session's bearer token, and a way to open a new session when it has run out. */
export interface Bearer {
  token(): string | null;
  /** Opens a new session; false when that is not possible. */
  renew(): Promise<boolean>;
}

/** One request below `/api`. */
export interface Request {
  readonly method: Method;
  /** Without the leading `/api/`. */
  readonly path: string;
  readonly body?: unknown;
  /** An answer later than this is none, in ms; 15 s unless given. */
  readonly patience?: number;
  /** Part of opening a session: carries no bearer and renews none. */
  readonly anonymous?: true;
}

const STALE: ReadonlySet<string> = new Set(["not_signed_in", "session_expired"]);
/** An answer later than this is none, in ms. */
const PATIENCE = 15_000;

/** The server over HTTP: sends JSON, parses what comes, turns problem documents into errors with a code. */
export class ServerDoor {
  private readonly base: string;
  private bearer: Bearer | null = null;

  constructor(base: string) {
    this.base = base;
  }

  /** From now on requests carry this bearer's token. */
  actAs(bearer: Bearer): void {
    this.bearer = bearer;
  }

  /** Sends the request and parses the answer; a session that has run out is renewed once. */
  async ask<T>(request: Request, parse: (value: unknown) => T): Promise<T> {
    return parse(fromJson(await this.textOf(request)));
  }

  /** As {@link ask}, for requests answered with nothing. */
  async tell(request: Request): Promise<void> {
    await this.textOf(request);
  }

  /** As {@link ask}, for what is handed on as it came. */
  async read(request: Request): Promise<string> {
    return this.textOf(request);
  }

  private async textOf(request: Request): Promise<string> {
    try {
      return await this.once(request);
    } catch (error) {
      const stale = error instanceof RefusedError && STALE.has(error.code);
      if (!stale || request.anonymous === true || this.bearer === null || !(await this.bearer.renew())) throw error;
      return this.once(request);
    }
  }

  private async once(request: Request): Promise<string> {
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(`${this.base}/api/${request.path}`, this.init(request));
      text = await answer.text();
    } catch (cause) {
      // Nobody knows whether it was done: it is not said that it failed.
      throw new OutageError("no_answer", cause);
    }
    if (answer.ok) return text;
    const code = problemCode(text);
    throw answer.status >= 500 ? new OutageError(code) : new RefusedError(code);
  }

  private init(request: Request): RequestInit {
    const headers: Record<string, string> = { accept: "application/json" };
    const token = request.anonymous === true ? null : (this.bearer?.token() ?? null);
    if (token !== null) headers["authorization"] = `Bearer ${token}`;
    const init: RequestInit = {
      method: request.method,
      headers,
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(request.patience ?? PATIENCE),
    };
    if (request.body === undefined) return init;
    headers["content-type"] = "application/json";
    return { ...init, body: JSON.stringify(request.body) };
  }
}
