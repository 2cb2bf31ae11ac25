/** The button behind which one reads and writes, with how much of it is unread. */
import { lazy, type ReactNode } from "react";
import { MessageSquareText } from "lucide-react";
import { Button } from "../../design/Button";
import { useSheet } from "../../design/useSheet";
import { useWords } from "../../i18n/ui/Words";
import type { RoomName } from "../../rooms/model";
import type { Sitting } from "./sitting";
import { useReadable, useServices } from "./useServices";

const ChatSheet = lazy(async () => ({ default: (await import("./ChatSheet")).ChatSheet }));

/** Messages of the room one is in. That there are new ones is told by their number alone, and in its turn. */
export function Chat(props: {
  readonly sitting: Sitting;
  readonly room: RoomName;
  /** Where the usual key has another meaning. */
  readonly shortcut?: string;
}): ReactNode {
  const { sitting, room } = props;
  const words = useWords();
  const { open, sheet } = useSheet((close) => <ChatSheet sitting={sitting} room={room} onClose={close} />);
  const { unread } = useReadable(useServices().chats.state)[room];
  return (
    <>
      <Button
        tone="quiet"
        className="control chat"
        shortcut={props.shortcut ?? "n"}
        label={unread === 0 ? words.t("chat.open") : words.t("chat.open.unread", { count: unread })}
        onPress={open}
      >
        <MessageSquareText className="icon" aria-hidden />
        <span className="keys-words">{words.t("chat.open")}</span>
        {unread === 0 ? null : <span className="count figures" data-count={words.number(unread)} />}
      </Button>
      <span className="unseen" role="status">
        {unread === 0 ? "" : words.t("chat.unread", { count: unread })}
      </span>
      {sheet}
    </>
  );
}
