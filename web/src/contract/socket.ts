/** The only way to the server's events: one WebSocket that comes back by itself. */
import { waitBefore } from "../kernel/backoff";
import type { Clock } from "../kernel/clock";
import { RefusedError } from "../kernel/errors";
import type { Log } from "../kernel/log";
import type { ErrorCode } from "./codes";
import { type Message, parseMessage } from "./parse";

/** Longer silence than this (the server beats every 10 s) means the line is dead, in ms. */
export const SILENCE = 25_000;
/** A socket that opens but never says anything is given up after this, in ms. */
const FIRST_WORD = 10_000;

/** What the socket tells its owner. */
export interface SocketTold {
  message(message: Message): void;
  /** The line is down; the socket is coming back by itself. */
  lost(): void;
  /** The server refused for good; the socket stays closed. */
  refused(code: ErrorCode): void;
}

/** Where to go and what to say first. */
export interface SocketWay {
  readonly url: string;
  /** The session now, or null when there is none: then a new one is asked for. */
  session(): string | null;
  /** Opens a new session; false when that is not possible. */
  renew(): Promise<boolean>;
  /** The number of the last event that was applied; undefined asks for a snapshot. */
  after(): number | undefined;
}

/** What the socket needs of its surroundings. */
export interface SocketWorld {
  readonly clock: Clock;
  readonly log: Log;
  open(url: string): WebSocket;
}

/**
 * One meeting's numbered events: says hello, hands on what comes, and comes back after every loss with the number
 * it had reached (docs/protocol.md §4).
 */
export class EventSocket {
  private readonly way: SocketWay;
  private readonly told: SocketTold;
  private readonly world: SocketWorld;
  private socket: WebSocket | null = null;
  private callOff: (() => void) | null = null;
  private tries = 0;
  private closed = false;
  private renewed = false;

  constructor(way: SocketWay, told: SocketTold, world: SocketWorld) {
    this.way = way;
    this.told = told;
    this.world = world;
  }

  open(): void {
    globalThis.addEventListener("online", this.hurry);
    globalThis.addEventListener("offline", this.noticeOffline);
    this.connect();
  }

  close(): void {
    this.closed = true;
    globalThis.removeEventListener("online", this.hurry);
    globalThis.removeEventListener("offline", this.noticeOffline);
    this.drop();
  }

  private connect(): void {
    if (this.closed) return;
    const session = this.way.session();
    if (session === null) {
      void this.renew();
      return;
    }
    const socket = this.world.open(this.way.url);
    this.socket = socket;
    this.listenFor(FIRST_WORD);
    socket.addEventListener("open", () => {
      const after = this.way.after();
      socket.send(JSON.stringify({ hello: after === undefined ? { session } : { session, after } }));
    });
    socket.addEventListener("message", (event: MessageEvent<unknown>) => {
      if (socket === this.socket) this.hear(event.data);
    });
    socket.addEventListener("close", () => {
      if (socket === this.socket) this.lose("closed");
    });
  }

  private hear(text: unknown): void {
    let message: Message;
    try {
      message = parseMessage(String(text));
    } catch (cause) {
      // A message we cannot read may be one that shuts us out: start afresh rather than go on half informed.
      this.world.log.trouble("socket message refused", cause);
      this.lose("unreadable");
      return;
    }
    if ("problem" in message) {
      this.stop(message.problem.code);
      return;
    }
    this.tries = 0;
    this.renewed = false;
    this.listenFor(SILENCE);
    this.told.message(message);
  }

  private stop(code: ErrorCode): void {
    if ((code === "session_expired" || code === "not_signed_in") && !this.renewed) {
      this.drop();
      void this.renew();
      return;
    }
    if (code === "internal" || code === "storage_unavailable" || code === "too_many_requests") {
      this.lose(code);
      return;
    }
    this.close();
    this.told.refused(code);
  }

  private async renew(): Promise<void> {
    this.renewed = true;
    try {
      if (await this.way.renew()) this.connect();
      else this.stop("not_signed_in");
    } catch (cause) {
      if (cause instanceof RefusedError) this.stop(cause.code);
      else this.lose("no session");
    }
  }

  private lose(why: string): void {
    if (this.closed) return;
    this.drop();
    this.world.log.note("socket lost", { why, tries: this.tries });
    this.told.lost();
    // Offline, trying is in vain: the browser says when the line is back.
    if (!globalThis.navigator.onLine) return;
    this.callOff = this.world.clock.after(waitBefore(this.tries), () => {
      this.connect();
    });
    this.tries += 1;
  }

  private listenFor(ms: number): void {
    this.callOff?.();
    this.callOff = this.world.clock.after(ms, () => {
      this.lose("silent");
    });
  }

  private drop(): void {
    this.callOff?.();
    this.callOff = null;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private readonly hurry = (): void => {
    if (this.socket !== null || this.closed) return;
    this.callOff?.();
    this.tries = 0;
    this.connect();
  };

  private readonly noticeOffline = (): void => {
    if (this.socket !== null) this.lose("offline");
  };
}
