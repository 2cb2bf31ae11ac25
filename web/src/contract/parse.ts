/**
 * The one door for what comes in: everything is parsed here into facts, unknown fields are refused, and beyond it
 * types are trusted.
 */
import * as v from "valibot";
import { RefusedError } from "../kernel/errors";
import { type ErrorCode, isErrorCode } from "./codes";
import * as groups from "./groupShapes";
import * as shapes from "./shapes";
import type { Frozen, Message } from "./shapes";

export type { DoorsWord, RevocationSent, Said, Void } from "./groupShapes";
export { ROLES } from "./shapes";
export type * from "./shapes";

/** What refuses whatever has another shape. */
export function parser<Shape extends v.GenericSchema>(shape: Shape): (value: unknown) => Frozen<v.InferOutput<Shape>> {
  return (value) => {
    const parsed = v.safeParse(shape, value);
    if (!parsed.success) {
      // The path, never the value: what failed to parse may be a secret.
      const where = v.getDotPath(parsed.issues[0]) ?? "the whole";
      throw new RefusedError("message_bad", `${where}: ${parsed.issues[0].type}`);
    }
    return parsed.output as Frozen<v.InferOutput<Shape>>;
  };
}

export const parseDossier = parser(shapes.DossierShape);
export const parseTicket = parser(shapes.TicketShape);
export const parsePolicy = parser(shapes.PolicyShape);
export const parseDescriptor = parser(shapes.DescriptorShape);
export const parseInvitation = parser(shapes.InvitationShape);
export const parseDevice = parser(shapes.DeviceShape);
export const parseChallenge = parser(shapes.ChallengeShape);
export const parseLink = parser(shapes.LinkShape);
export const parseDescriptorSent = parser(shapes.DescriptorSentShape);
export const parseEnrolment = parser(shapes.EnrolmentShape);
export const parseChallengeSent = parser(shapes.ChallengeSentShape);
export const parseSession = parser(shapes.SessionShape);
export const parseCalled = parser(shapes.CalledShape);
export const parseEnrolments = parser(shapes.EnrolmentsShape);
export const parseMoved = parser(shapes.MovedShape);
export const parseSessionKey = parser(groups.SessionKeyShape);
export const parseCredential = parser(groups.CredentialShape);
export const parseDoors = parser(groups.DoorsShape);
export const parseVoid = parser(groups.VoidShape);
export const parseRevocation = parser(groups.RevocationShape);
export const parseRevocations = parser(groups.RevocationsShape);
export const parseEpoch = parser(groups.EpochShape);
export const parseTurn = parser(groups.TurnShape);
export const parseCommitLog = parser(groups.CommitLogShape);
export const parseEnvelope = parser(groups.EnvelopeShape);
export const parseSaid = parser(groups.SaidShape);
export const parseNumbered = parser(groups.NumberedShape);
export const parseEnvelopeLog = parser(groups.EnvelopeLogShape);

const parseMessageShape = parser(shapes.MessageShape);

/** One message of the socket. */
export function parseMessage(text: string): Message {
  return parseMessageShape(fromJson(text));
}

/** The devices chosen last time; undefined when what was kept makes no sense. */
export function parseChosen(text: string): Frozen<v.InferOutput<typeof shapes.ChosenShape>> | undefined {
  const parsed = v.safeParse(shapes.ChosenShape, looseJson(text));
  return parsed.success ? parsed.output : undefined;
}

/** What was listened to last time; undefined when what was kept makes no sense. */
export function parseListened(text: string): Frozen<v.InferOutput<typeof shapes.ListenedShape>> | undefined {
  const parsed = v.safeParse(shapes.ListenedShape, looseJson(text));
  return parsed.success ? parsed.output : undefined;
}

/** The code of a problem document (RFC 9457); `internal` when the answer is none of ours. */
export function problemCode(text: string): ErrorCode {
  const parsed = v.safeParse(v.looseObject({ code: v.string() }), looseJson(text));
  return parsed.success && isErrorCode(parsed.output.code) ? parsed.output.code : "internal";
}

/** JSON or a refusal. */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new RefusedError("message_bad", cause);
  }
}

/** UTF-8 JSON bytes or a refusal; ill-formed UTF-8 is refused, never patched. */
export function fromJsonBytes(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new RefusedError("message_bad", cause);
  }
  return fromJson(text);
}

function looseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
