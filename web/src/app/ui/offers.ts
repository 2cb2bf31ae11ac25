/** What a member is offered to send in a room. Pure. */
import type { RoomName, Source } from "../../rooms/model";
import type { Sitting } from "./sitting";

/** Which of the three are part of a role at all; what is not granted now is shown as not possible now. */
export function offeredTo({ you, snapshot }: Sitting, room: RoomName): readonly Source[] {
  if (room === "caucus") return ["microphone", "camera"];
  switch (you.role) {
    case "principal":
    case "chair":
      return ["microphone", "camera", "screen"];
    case "adviser":
      return ["microphone"];
    case "interpreter":
      return snapshot.meeting.mode === "simultaneous" ? [] : ["microphone"];
    default:
      return [];
  }
}
