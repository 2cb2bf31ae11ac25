/**
 * The shapes of everything that comes in (docs/protocol.md), and the types inferred from them. Only `parse.ts`
 * applies them.
 */
import * as v from "valibot";
import type { AgendaItemId, MeetingId, MemberId, Party, SummitId } from "../kernel/ids";
import { ArrangedShape, ArrangementShape, type Believed } from "./arrangementShapes";
import { allUnlike, b64u, bytes, count, identity, inOrder, instant, line, named, partyId, tag, tags } from "./atoms";
import { ERROR_CODES } from "./codes";
import { handed } from "./handedShapes";

/** What was parsed does not change. */
export type Frozen<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly [infer First, ...infer Rest]
    ? readonly [Frozen<First>, ...Frozen<Rest>]
    : T extends readonly (infer Item)[]
      ? readonly Frozen<Item>[]
      : { readonly [Key in keyof T]: Frozen<T[Key]> };

const member = named<MemberId>();
const meetingId = named<MeetingId>();
const party = named<Party>();

const formats = ["one-on-one", "restricted", "plenary"] as const;
const phases = ["arrival", "open", "closed", "recess", "adjourned"] as const;
const modes = ["simultaneous", "consecutive", "liaison"] as const;
const moves = ["open_doors", "close_doors", "recess", "resume", "adjourn", "change_format", "change_mode"] as const;
export const ROLES = [
  "principal",
  "chair",
  "adviser",
  "interpreter",
  "notetaker",
  "technician",
  "press",
  "protocol_officer",
] as const;
const sources = ["microphone", "camera", "screen"] as const;
const roomNames = ["chamber", "caucus"] as const;

const Format = v.picklist(formats);
const Phase = v.picklist(phases);
const Mode = v.picklist(modes);
const MoveShape = v.picklist(moves);
const RoleShape = v.picklist(ROLES);

const SeatShape = v.strictObject({
  member,
  identity,
  party,
  name: v.string(),
  role: RoleShape,
  chair: v.boolean(),
  languages: v.array(tag),
  present: v.nullable(v.picklist(roomNames)),
  invitation: b64u,
  invitation_signature: b64u,
  device: b64u,
  device_signature: b64u,
});

const MeetingShape = v.strictObject({
  id: meetingId,
  title: line,
  format: Format,
  phase: Phase,
  mode: Mode,
  scheduled: instant,
  began: v.nullable(instant),
  phase_since: instant,
  openings: count,
  follows: v.nullable(meetingId),
});

const AgendaShape = v.array(
  v.strictObject({
    id: named<AgendaItemId>(),
    title: line,
    minutes: count,
    state: v.picklist(["ahead", "current", "done"]),
    seconds: v.pipe(v.number(), v.minValue(0)),
    since: v.nullable(instant),
  }),
);

const FloorShape = v.strictObject({
  holder: v.nullable(member),
  since: v.nullable(instant),
  interprets: v.nullable(member),
  asks: v.array(v.strictObject({ member, since: instant })),
});

const ConsentsShape = v.array(
  v.strictObject({
    move: MoveShape,
    argument: v.nullable(v.string()),
    parties: v.array(party),
    since: instant,
  }),
);

const PressShape = v.strictObject({ accredited: count, present: count });

/** A chair's last signed word about the doors. */
const DoorsSentShape = v.strictObject({ member, order: b64u, signature: b64u });

const slices = {
  meeting: v.exactOptional(MeetingShape),
  agenda: v.exactOptional(AgendaShape),
  floor: v.exactOptional(FloorShape),
  consents: v.exactOptional(ConsentsShape),
  seats: v.exactOptional(v.array(SeatShape)),
  press: v.exactOptional(PressShape),
  doors: v.exactOptional(v.array(DoorsSentShape)),
  connected: v.exactOptional(v.array(member)),
  arranged: v.exactOptional(ArrangedShape),
  arrangement: v.exactOptional(ArrangementShape),
};

const SnapshotShape = v.strictObject({
  number: count,
  now: instant,
  summit: v.strictObject({ id: named<SummitId>(), title: line, dh: b64u }),
  you: member,
  delegations: v.array(v.strictObject({ id: party, name: v.string(), place: v.string(), language: tag })),
  host: v.strictObject({ name: v.string() }),
  languages: v.array(tag),
  meeting: MeetingShape,
  agenda: AgendaShape,
  floor: FloorShape,
  consents: ConsentsShape,
  seats: v.array(SeatShape),
  press: PressShape,
  doors: v.array(DoorsSentShape),
  connected: v.array(member),
  arranged: ArrangedShape,
  arrangement: ArrangementShape,
});

const EventShape = v.strictObject({
  number: count,
  kind: v.picklist([
    "phase_moved",
    "format_changed",
    "mode_changed",
    "consent_given",
    "consent_withdrawn",
    "agenda_changed",
    "item_taken_up",
    "floor_asked",
    "floor_ask_withdrawn",
    "floor_given",
    "floor_yielded",
    "member_enrolled",
    "member_revoked",
    "seat_taken",
    "seat_left",
    "connections_changed",
    "doors_ordered",
    "arrangement_proposed",
    "arrangement_withdrawn",
    "channels_changed",
    "booths_changed",
    "group_founded",
    "group_commit",
    "group_voided",
    "envelope",
  ]),
  at: instant,
  ...slices,
  ...handed,
});

const Pulse = v.strictObject({ number: count, now: instant });

const ProblemShape = v.looseObject({ code: v.picklist(ERROR_CODES) });

export const MessageShape = v.union([
  v.strictObject({ snapshot: SnapshotShape }),
  v.strictObject({ resumed: Pulse }),
  v.strictObject({ event: EventShape }),
  v.strictObject({ heartbeat: Pulse }),
  v.strictObject({ problem: ProblemShape }),
]);

export const DossierShape = v.strictObject({
  summit: v.strictObject({ id: named<SummitId>(), title: line }),
  you: SeatShape,
  meetings: v.array(
    v.strictObject({
      id: meetingId,
      title: line,
      format: Format,
      phase: Phase,
      mode: Mode,
      scheduled: instant,
      follows: v.nullable(meetingId),
    }),
  ),
});

const Granted = v.strictObject({ publish: v.array(v.picklist(sources)), hear: v.boolean() });

export const TicketShape = v.strictObject({
  url: v.pipe(v.string(), v.regex(/^wss?:\/\//)),
  token: v.string(),
  room: v.string(),
  identity,
  expires: instant,
  grant: Granted,
  life: v.string(),
});

export const PolicyShape = v.object({
  abilities: v.array(
    v.object({
      action: v.string(),
      roles: v.array(RoleShape),
      chair: v.boolean(),
      phases: v.array(Phase),
      formats: v.nullable(v.array(Format)),
    }),
  ),
  grants: v.array(
    v.object({
      room: v.picklist([...roomNames, "booth"]),
      roles: v.array(RoleShape),
      phases: v.array(Phase),
      formats: v.array(Format),
      publish: v.array(v.picklist(sources)),
      hear: v.boolean(),
    }),
  ),
  held: v.array(
    v.object({
      modes: v.array(v.picklist(modes)),
      roles: v.array(RoleShape),
      whose: v.array(v.picklist(["nobodys", "own", "others"])),
    }),
  ),
});

export const DescriptorShape = v.pipe(
  v.strictObject({
    type: v.literal("visavis descriptor 1"),
    summit: v.strictObject({
      id: v.pipe(
        v.string(),
        v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        v.transform((text) => text as SummitId),
      ),
      title: line,
    }),
    delegations: v.pipe(
      v.array(
        v.strictObject({
          id: v.pipe(
            partyId,
            v.check((id) => !["press", "host", "joint"].includes(id)),
          ),
          name: line,
          place: line,
          language: tag,
          key: bytes(32),
        }),
      ),
      v.minLength(2),
      v.maxLength(64),
    ),
    press: v.strictObject({ name: line, key: bytes(32) }),
    host: v.strictObject({ name: line, key: bytes(32) }),
    formats: v.pipe(
      v.array(Format),
      v.minLength(1),
      v.maxLength(64),
      v.check((values) => allUnlike(values)),
    ),
    languages: tags,
    clients: v.pipe(
      v.array(bytes(32)),
      v.maxLength(64),
      v.check((values) => allUnlike(values)),
    ),
    issued: instant,
    expires: instant,
  }),
  v.check(({ delegations }) => allUnlike(delegations.map(({ id }) => id))),
  // One key for two parties would let one of them speak as the other.
  v.check(({ delegations, press, host }) => allUnlike([...delegations.map(({ key }) => key), press.key, host.key])),
  v.check(({ delegations, languages }) => delegations.every((delegation) => languages.includes(delegation.language))),
  v.check((statement) => inOrder(statement)),
);

export const InvitationShape = v.pipe(
  v.strictObject({
    type: v.literal("visavis invitation 1"),
    descriptor: bytes(32),
    party: partyId,
    serial: bytes(16),
    name: line,
    role: RoleShape,
    chair: v.boolean(),
    languages: tags,
    key: bytes(32),
    issued: instant,
    expires: instant,
  }),
  v.check((statement) => inOrder(statement)),
);

export const DeviceShape = v.strictObject({
  type: v.literal("visavis device 1"),
  invitation: bytes(32),
  key: bytes(32),
  issued: instant,
});

export const ChallengeShape = v.strictObject({
  type: v.literal("visavis session 1"),
  origin: v.string(),
  identity,
  nonce: b64u,
  expires: instant,
});

export const LinkShape = v.strictObject({ invitation: b64u, signature: b64u, secret: b64u });

export const DescriptorSentShape = v.strictObject({
  descriptor: b64u,
  signatures: v.record(v.string(), b64u),
});

export const EnrolmentShape = v.strictObject({ summit: named<SummitId>(), member, identity });
export const ChallengeSentShape = v.strictObject({ challenge: b64u });
export const SessionShape = v.strictObject({
  session: v.string(),
  expires: instant,
  summit: named<SummitId>(),
  member,
});
export const ChosenShape = v.strictObject({
  microphone: v.nullable(v.string()),
  camera: v.nullable(v.string()),
  speaker: v.nullable(v.string()),
});
export const ListenedShape = v.strictObject({
  channel: v.nullable(tag),
  originalLevel: v.number(),
  pinned: v.optional(v.array(tag), []),
  signSize: v.optional(v.number(), 0.25),
});
export const CalledShape = v.strictObject({ meeting: meetingId });
export const EnrolmentsShape = v.strictObject({
  enrolments: v.array(
    v.strictObject({
      serial: b64u,
      name: line,
      role: RoleShape,
      chair: v.boolean(),
      identity,
      enrolled: instant,
      revoked: v.nullable(instant),
    }),
  ),
});
/** Whether a move was done, or an arrangement fixed; or whether it waits for other delegations. */
export const MovedShape = v.strictObject({ done: v.boolean() });

export type { Believed, Channel } from "./arrangementShapes";
/** A meeting as the server tells it. */
export type SnapshotSent = Frozen<v.InferOutput<typeof SnapshotShape>>;
/** The same, with what is believed of its channels and booths. */
export type Snapshot = SnapshotSent & Believed;
export type Event = Frozen<v.InferOutput<typeof EventShape>>;
export type Message = Frozen<v.InferOutput<typeof MessageShape>>;
export type Seat = Snapshot["seats"][number];
export type Meeting = Snapshot["meeting"];
export type AgendaItem = Snapshot["agenda"][number];
export type Floor = Snapshot["floor"];
export type Dossier = Frozen<v.InferOutput<typeof DossierShape>>;
export type Ticket = Frozen<v.InferOutput<typeof TicketShape>>;
export type Policy = Frozen<v.InferOutput<typeof PolicyShape>>;
export type Descriptor = Frozen<v.InferOutput<typeof DescriptorShape>>;
export type Invitation = Frozen<v.InferOutput<typeof InvitationShape>>;
export type DeviceStatement = Frozen<v.InferOutput<typeof DeviceShape>>;
export type DescriptorSent = Frozen<v.InferOutput<typeof DescriptorSentShape>>;
export type SessionSent = Frozen<v.InferOutput<typeof SessionShape>>;
export type Enrolled = Frozen<v.InferOutput<typeof EnrolmentsShape>>["enrolments"][number];
export type FormatName = (typeof formats)[number];
export type PhaseName = (typeof phases)[number];
export type ModeName = (typeof modes)[number];
export type MoveName = (typeof moves)[number];
export type Role = (typeof ROLES)[number];
