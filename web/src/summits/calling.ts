/** How a meeting is called. */
import type { FormatName, ModeName } from "../contract/parse";
import type { MeetingId } from "../kernel/ids";

/** What is said about a meeting when it is called. */
export interface Call {
  readonly title: string;
  readonly format: FormatName;
  readonly mode: ModeName;
  /** In UTC, to the millisecond. */
  readonly scheduled: string;
  readonly follows: MeetingId | null;
  readonly agenda: readonly { readonly title: string; readonly minutes: number }[];
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** An instant in ms as the browser's field for date and time takes it: this device's zone, to the minute. */
export function localMinute(instant: number): string {
  const at = new Date(instant);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
