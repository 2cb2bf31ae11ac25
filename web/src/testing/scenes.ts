/** Small scenes for unit tests: a meeting and its seats, in the state a test asks for. */
import type { Descriptor, Meeting, Role, Seat, Snapshot, SnapshotSent } from "../contract/parse";
import type { Identity, Language, MeetingId, MemberId, Party, SummitId } from "../kernel/ids";

/** A seat whose identity is its name in capitals, padded; its chain proves nothing. */
export function aSeat(name: string, role: Role, party = "arven", languages: readonly string[] = ["en"]): Seat {
  return {
    member: name as MemberId,
    identity: name.toUpperCase().padEnd(26, "A") as Identity,
    party: party as Party,
    name,
    role,
    chair: role === "chair",
    languages: languages as readonly Language[],
    present: null,
    invitation: "",
    invitation_signature: "",
    device: "",
    device_signature: "",
  };
}

export function aMeeting(part: Partial<Meeting> = {}): Meeting {
  return {
    id: "meeting" as MeetingId,
    title: "On the border region",
    format: "one-on-one",
    phase: "closed",
    mode: "simultaneous",
    scheduled: "2026-03-01T09:00:00.000Z",
    began: null,
    phase_since: "2026-03-01T09:00:00.000Z",
    openings: 1,
    follows: null,
    ...part,
  };
}

/** The descriptor that `aSnapshot` tells of. */
export function aDescriptor(): Descriptor {
  const { summit, delegations, host, languages } = aSnapshot([aSeat("maren", "principal")]);
  return {
    type: "visavis descriptor 1",
    summit: { id: summit.id, title: summit.title },
    delegations: delegations.map((delegation) => ({ ...delegation, key: "" })),
    press: { name: "Joint press office", key: "" },
    host: { ...host, key: "" },
    formats: ["one-on-one", "restricted", "plenary"],
    languages,
    clients: [],
    issued: "2026-03-01T09:00:00.000Z",
    expires: "2026-03-31T09:00:00.000Z",
  };
}

export function aSnapshot(seats: readonly Seat[], meeting: Partial<Meeting> = {}): Snapshot {
  const you = seats[0];
  if (you === undefined) throw new Error("a snapshot is somebody's");
  return {
    number: 10,
    now: "2026-03-01T09:00:00.000Z",
    summit: { id: "summit" as SummitId, title: "Arven and Tolmar meet", dh: "dh" },
    you: you.member,
    delegations: [
      { id: "arven" as Party, name: "Arven", place: "Port Selby", language: "en" as Language },
      { id: "tolmar" as Party, name: "Tolmar", place: "Varn", language: "fr" as Language },
    ],
    host: { name: "City of Lenz" },
    languages: ["en", "fr"] as unknown as readonly Language[],
    meeting: aMeeting(meeting),
    agenda: [],
    floor: { holder: null, since: null, interprets: null, asks: [] },
    consents: [],
    seats,
    press: { accredited: 0, present: 0 },
    connected: seats.map(({ member }) => member),
    doors: [],
    channels: [],
    booths: [],
    numbers: {},
    isDoubtful: false,
    arranged: [],
    arrangement: null,
  };
}

/** A snapshot as the server tells it: what is believed is each client's own affair. */
export function asSent(snapshot: Snapshot): SnapshotSent {
  const { channels: _channels, booths: _booths, numbers: _numbers, isDoubtful: _isDoubtful, ...sent } = snapshot;
  return sent;
}
