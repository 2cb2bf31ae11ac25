/** What is thrown when a rule says no, or when something is out of reach. */
import type { ErrorCode } from "../contract/codes";

/** A rule says no: show the words for `code`; asking again changes nothing. */
export class RefusedError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, cause?: unknown) {
    super(code, { cause });
    this.name = "RefusedError";
    this.code = code;
  }
}

/** The world did not answer: `code` says which part; asking again later may succeed. */
export class OutageError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, cause?: unknown) {
    super(code, { cause });
    this.name = "OutageError";
    this.code = code;
  }
}
