/** What is written in a room: who says it by the keys, what is missing of it, and what has not been sent. */
import { useEffect, type ReactNode } from "react";
import { Check, CircleAlert, LoaderCircle, SendHorizontal } from "lucide-react";
import { Button } from "../../design/Button";
import { Sheet } from "../../design/Sheet";
import { Writing } from "../../design/Writing";
import type { Words } from "../../i18n/translator";
import { enChat } from "../../i18n/enChat";
import { useWords } from "../../i18n/ui/Words";
import type { ChatRoom, Line, Pending } from "../../keys";
import { roleOf } from "../../summits/ui/roles";
import { nameOfParty, type Sitting } from "./sitting";
import { useEndInSight } from "./useEndInSight";
import { useReadable, useServices } from "./useServices";
import "./chat.css";

export interface ChatSheetProps {
  readonly sitting: Sitting;
  readonly room: ChatRoom;
  /** What it is called and who reads it, where that is nobody else's to know. */
  readonly named?: { readonly title: string; readonly who: string };
  readonly onClose: () => void;
}

/** In UTF-16 units, which are never fewer than the letters that a message may have. */
const LONGEST = 4000;
/** How far from the end one still reads along, in px. */
const NEAR = 80;

export function ChatSheet({ sitting, room, named, onClose }: ChatSheetProps): ReactNode {
  const words = useWords();
  const t = words.part(enChat);
  const { chats } = useServices();
  const { lines, pending } = useReadable(chats.state)[room];
  const delegation = nameOfParty(sitting.snapshot, sitting.you.party, words);
  const list = useEndInSight(lines.length + pending.length || null, NEAR);
  const last = lines.at(-1)?.number ?? 0;
  useEffect(() => {
    chats.read(room, last);
  }, [chats, room, last]);
  const place = room === "chamber" ? room : "caucus";
  const title = named?.title ?? t(`chat.title.${place}`, { delegation });
  return (
    <Sheet size="side" title={title} closeLabel={words.t("close")} onClose={onClose} footer={<Field room={room} />}>
      <div className="chat-lines" ref={list}>
        <p className="quiet">
          {named?.who ?? t(`chat.who.${place}`, { delegation })} {t("chat.before")}
        </p>
        {lines.length + pending.length === 0 ? <p className="chat-none">{t("chat.none")}</p> : null}
        <div role="log" aria-label={t("chat.log")}>
          <ol>
            {lines.map((line) => (
              <Told key={`${line.is} ${line.number}`} line={line} sitting={sitting} />
            ))}
          </ol>
        </div>
        <ol>
          {pending.map((each) => (
            <Unheard key={each.ticket} pending={each} room={room} />
          ))}
        </ol>
      </div>
    </Sheet>
  );
}

function Told({ line, sitting }: { readonly line: Line; readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const t = words.part(enChat);
  if (line.is !== "text") {
    return (
      <li className="chat-missing">
        <CircleAlert className="icon" aria-hidden />
        <span>{missingWords(line, words)}</span>
      </li>
    );
  }
  const { from } = line;
  const delegation = nameOfParty(sitting.snapshot, from.party, words);
  return (
    <li className="chat-text" data-own={line.isOwn || undefined}>
      <p className="chat-from">
        <strong>
          <bdi>{line.isOwn ? t("chat.you") : from.name}</bdi>
        </strong>
        <time className="figures" dateTime={line.at}>
          {words.clock(line.at)}
        </time>
        {line.isOwn ? null : <small>{t("chat.from", { role: roleOf(from, words), delegation })}</small>}
      </p>
      <p className="chat-said" dir="auto">
        {line.text}
      </p>
      {line.isOwn ? (
        <p className="chat-state">
          <Check className="icon" aria-hidden />
          {t("chat.sent")}
        </p>
      ) : null}
    </li>
  );
}

function missingWords(line: Exclude<Line, { is: "text" }>, words: Words): string {
  const t = words.part(enChat);
  if (line.is === "unheard") return t(`chat.${line.why}`);
  return t("chat.gap", { count: line.missing, name: line.from.name });
}

/** What one has said and has not heard yet. */
function Unheard({ pending, room }: { readonly pending: Pending; readonly room: ChatRoom }): ReactNode {
  const words = useWords();
  const t = words.part(enChat);
  const { ticket, at } = pending;
  return (
    <li className="chat-text" data-own data-at={at}>
      <p className="chat-from">
        <strong>{t("chat.you")}</strong>
        <time className="figures" dateTime={pending.said}>
          {words.clock(pending.said)}
        </time>
      </p>
      <p className="chat-said" dir="auto">
        {pending.text}
      </p>
      {at === "unsent" ? (
        <Unsent pending={pending} room={room} />
      ) : (
        <p className="chat-state" role="status" data-ticket={ticket}>
          {at === "sent" ? <Check className="icon" aria-hidden /> : <LoaderCircle className="icon works" aria-hidden />}
          {t(at === "sent" ? "chat.sent" : "chat.sending")}
        </p>
      )}
    </li>
  );
}

function Unsent({ pending, room }: { readonly pending: Pending; readonly room: ChatRoom }): ReactNode {
  const words = useWords();
  const t = words.part(enChat);
  const { chats } = useServices();
  const { ticket, code } = pending;
  return (
    <div className="chat-unsent">
      <p role="alert">
        <strong>{t("chat.unsent")}</strong> {code === null ? t("chat.unsent.keys") : words.error(code).happened}
      </p>
      <Button
        onPress={() => {
          chats.again(room, ticket);
        }}
      >
        {t("chat.again")}
      </Button>
      <Button
        tone="quiet"
        onPress={() => {
          chats.takeBack(room, ticket);
        }}
      >
        {t("chat.mend")}
      </Button>
    </div>
  );
}

/** What one is about to say; it is kept when the sheet is closed. */
function Field({ room }: { readonly room: ChatRoom }): ReactNode {
  const t = useWords().part(enChat);
  const { chats } = useServices();
  const { draft } = useReadable(chats.state)[room];
  const send = () => {
    if (draft.trim() !== "") chats.say(room);
  };
  return (
    <form
      className="chat-field"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Writing
        focused
        label={t("chat.field")}
        hint={t("chat.hint")}
        value={draft}
        longest={LONGEST}
        onChange={(text) => {
          chats.write(room, text);
        }}
        onEnter={send}
      />
      <Button submits tone="primary" disabled={draft.trim() === ""}>
        <SendHorizontal className="icon turns" aria-hidden />
        {t("chat.send")}
      </Button>
    </form>
  );
}
