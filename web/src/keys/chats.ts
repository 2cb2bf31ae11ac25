/** The chats of the meeting one is at, its chamber's, one's own delegation's and one's booth's, with what is unread and half written in them. */
import type { Said, Seat } from "../contract/parse";
import type { MeetingId } from "../kernel/ids";
import { Cell, type Readable } from "../kernel/store";
import { type FeedState, ownSeatIn } from "../summits";
import type { GroupName } from "./groupName";
import type { KeysState } from "./standing";
import { NO_TALK, Talk, type TalkState } from "./talk";
import type { EnvelopeTold } from "./words";

/** Where there is a chat. */
export type ChatRoom = "chamber" | "caucus" | "booth";

/** One chat. */
export interface Chat extends TalkState {
  /** How many texts of others one has not read. */
  readonly unread: number;
  /** What one is about to say. */
  readonly draft: string;
}

export type ChatsState = Readonly<Record<ChatRoom, Chat>>;

/** What is used of a meeting's keys. */
export interface Envelopes {
  readonly state: Readable<KeysState>;
  listen(then: (group: GroupName, told: EnvelopeTold) => void): void;
  say(group: GroupName, ticket: number, said: Said): boolean;
}

/** What chats need. */
export interface ChatsNeeds {
  readonly keys: Envelopes;
  readonly feed: Readable<FeedState>;
  /** The server's time, in ms. */
  now(): number;
  /** A name for something said, that nothing else has. */
  ticket(): number;
}

const NO_CHAT: Chat = { ...NO_TALK, unread: 0, draft: "" };

/** One room's chat as one reads it. */
interface Place {
  readonly talk: Talk;
  /** The number up to which one has read. */
  readonly read: number;
  readonly draft: string;
}

/** The chats of one meeting after another. */
export class Chats {
  readonly state = new Cell<ChatsState>({ chamber: NO_CHAT, caucus: NO_CHAT, booth: NO_CHAT });
  private readonly needs: ChatsNeeds;
  private readonly places = new Map<ChatRoom, Place>();
  private meeting: MeetingId | null = null;
  private own: Seat | undefined;
  private booth: string | null = null;

  constructor(needs: ChatsNeeds) {
    this.needs = needs;
    needs.feed.subscribe(() => {
      this.follow();
    });
    needs.keys.listen(({ kind }, told) => {
      if (kind !== "floor") this.places.get(kind)?.talk.hear(told);
    });
    needs.keys.state.subscribe(() => {
      this.doubt();
    });
    this.follow();
  }

  /** From now on one writes in this booth too; null: in none. What was said in another is forgotten. */
  sitInBooth(booth: string | null): void {
    if (booth === this.booth) return;
    this.booth = booth;
    this.places.delete("booth");
    this.openBooth();
    this.show();
  }

  /** Says what is written, and leaves the field empty. */
  say(room: ChatRoom): void {
    const place = this.places.get(room);
    if (place === undefined) return;
    this.write(room, "");
    place.talk.say(place.draft);
  }

  /** Keeps what is about to be said. */
  write(room: ChatRoom, draft: string): void {
    this.change(room, { draft });
  }

  /** Says once more what was not sent. */
  again(room: ChatRoom, ticket: number): void {
    const text = this.takenAway(room, ticket);
    if (text !== undefined) this.places.get(room)?.talk.say(text);
  }

  /** Takes what was not sent back into the field, before what is written there. */
  takeBack(room: ChatRoom, ticket: number): void {
    const text = this.takenAway(room, ticket);
    const draft = this.places.get(room)?.draft ?? "";
    if (text !== undefined) this.write(room, draft === "" ? text : `${text}\n${draft}`);
  }

  /** Everything up to this number of the server's has been read. */
  read(room: ChatRoom, number: number): void {
    this.change(room, { read: number });
  }

  private takenAway(room: ChatRoom, ticket: number): string | undefined {
    const talk = this.places.get(room)?.talk;
    const pending = talk?.state.get().pending.find((each) => each.ticket === ticket && each.at === "unsent");
    if (pending !== undefined) talk?.drop(ticket);
    return pending?.text;
  }

  private follow(): void {
    const feed = this.needs.feed.get();
    const snapshot = "snapshot" in feed ? feed.snapshot : null;
    const own = snapshot === null ? undefined : ownSeatIn(snapshot);
    // What was said at another meeting is nobody's at this one.
    if (feed.at === "refused" || feed.at === "opening") this.begin(null, undefined);
    else if (snapshot !== null && own !== undefined) this.begin(snapshot.meeting.id, own);
  }

  private begin(meeting: MeetingId | null, own: Seat | undefined): void {
    if (meeting === this.meeting) return;
    this.meeting = meeting;
    this.places.clear();
    this.own = own;
    if (own !== undefined) {
      this.open({ kind: "chamber" }, own);
      this.open({ kind: "caucus", party: own.party }, own);
      this.openBooth();
    }
    this.show();
  }

  private openBooth(): void {
    if (this.own !== undefined && this.booth !== null) this.open({ kind: "booth", booth: this.booth }, this.own);
  }

  private open(group: Exclude<GroupName, { kind: "floor" }>, own: Seat): void {
    const { needs } = this;
    const talk = new Talk({
      own: own.identity,
      now: () => needs.now(),
      ticket: () => needs.ticket(),
      say: (name, said) => needs.keys.say(group, name, said),
    });
    this.places.set(group.kind, { talk, read: 0, draft: "" });
    talk.state.subscribe(() => {
      this.show();
    });
  }

  /** Whoever has lost the keys is told nothing more of what they were saying. */
  private doubt(): void {
    const { groups } = this.needs.keys.state.get();
    for (const [room, { talk }] of this.places) {
      const at = groups.find(({ group }) => group === room)?.at ?? "ended";
      if (at === "ended") talk.doubt();
    }
  }

  private change(room: ChatRoom, part: Partial<Place>): void {
    const place = this.places.get(room);
    if (place === undefined) return;
    this.places.set(room, { ...place, ...part });
    this.show();
  }

  private show(): void {
    const of = (room: ChatRoom): Chat => chatOf(this.places.get(room));
    this.state.set({ chamber: of("chamber"), caucus: of("caucus"), booth: of("booth") });
  }
}

function chatOf(place: Place | undefined): Chat {
  if (place === undefined) return NO_CHAT;
  const { lines, pending } = place.talk.state.get();
  const unread = lines.filter((line) => line.is === "text" && !line.isOwn && line.number > place.read).length;
  return { lines, pending, unread, draft: place.draft };
}
