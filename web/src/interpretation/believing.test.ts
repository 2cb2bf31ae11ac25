import { expect, test } from "vitest";
import type { Believed, Seat, SnapshotSent } from "../contract/parse";
import { sign } from "../identity";
import { newDeviceKey } from "../identity/statements";
import { toB64u } from "../kernel/b64u";
import { canonical } from "../kernel/canonical";
import type { Identity, Language, MeetingId, Party } from "../kernel/ids";
import { aMeeting, aSeat, aSnapshot } from "../testing/builders";
import { FakeLog } from "../testing/log";
import { memoryIn } from "../testing/memory";
import { type Arrangement, statementOf } from "./arrangement";
import { Believing, type Shown } from "./believing";

const [ARVEN, TOLMAR] = ["arven", "tolmar"] as Party[] as [Party, Party];
const [EN, FR] = ["en", "fr"] as Language[] as [Language, Language];
const FANE = "F".repeat(26) as Identity;
const AMSEL = "A".repeat(26) as Identity;
const SPOKEN = [EN, FR].map((language) => ({ language, kind: "spoken" as const }));
const SIGNED = [
  { language: EN, kind: "spoken" as const },
  { language: FR, kind: "signed" as const },
];

const UNTIL = "2026-12-07T14:11:00.000Z";

type Sent = SnapshotSent["arranged"][number];

/** Somebody whose device can sign. */
interface Signer {
  readonly seat: Seat;
  readonly key: CryptoKey;
}

async function aSigner(name: string, part: Partial<Seat>): Promise<Signer> {
  const { privateKey, publicKey } = await newDeviceKey();
  const device = canonical({
    type: "visavis device 1",
    invitation: toB64u(new Uint8Array(32)),
    key: toB64u(publicKey),
    issued: "2026-12-07T14:00:00.000Z",
  });
  return { seat: aSeat(name, { role: "chair", chair: true, ...part, device: toB64u(device) }), key: privateKey };
}

const tove = await aSigner("tove", { party: TOLMAR });
const maren = await aSigner("maren", { party: ARVEN, role: "principal" });
const second = await aSigner("second", { party: ARVEN });
const adviser = await aSigner("adviser", { party: TOLMAR, role: "adviser", chair: false });
const ALL = [maren, tove];

/** A meeting at one client, which believes what it believes. */
class Client {
  readonly memory = new Map<string, string>();
  seats: readonly Seat[] = [maren, tove, second, adviser].map(({ seat }) => seat);
  believing = this.opened();
  /** Until when it had heard all that it was told. */
  attended: number | null = null;

  /** The page is loaded, or loaded anew. */
  opened(): Believing {
    return new Believing({ memory: memoryIn(this.memory), log: new FakeLog() });
  }

  async told(...arranged: readonly Sent[]): Promise<Believed> {
    return this.believing.of({ ...this.shown(), arranged }, this.attended);
  }

  shown(): Omit<Shown, "arranged"> {
    return { ...aSnapshot(), seats: this.seats };
  }
}

async function signed(part: Partial<Arrangement>, signers: readonly Signer[], of?: MeetingId): Promise<Sent> {
  const ground = aSnapshot(of === undefined ? {} : { meeting: aMeeting({ id: of }) });
  const said = statementOf(ground, { number: 1, party: null, channels: SPOKEN, booths: [], until: UNTIL, ...part });
  const signatures = await Promise.all(
    signers.map(async ({ seat, key }) => ({ member: seat.member, signature: toB64u(await sign(key, said)) })),
  );
  return { statement: toB64u(said.bytes), signatures };
}

function booth(name: string, ...members: readonly Identity[]): Arrangement["booths"][number] {
  return { id: name, languages: [EN], members };
}

function own(part: Partial<Arrangement> = {}): Partial<Arrangement> {
  return { party: ARVEN, channels: [], booths: [booth("arven.en", FANE)], ...part };
}

const BY_LANGUAGE = { channels: SPOKEN, booths: [] };

test("what a chair of every delegation has signed is believed", async () => {
  const now = await new Client().told(
    await signed({ channels: SIGNED, booths: [booth("joint.en", AMSEL)] }, ALL),
    await signed(own(), [second]),
  );
  expect(now.channels).toEqual(SIGNED);
  expect(now.booths.map(({ id, party }) => [id, party])).toEqual([
    ["arven.en", ARVEN],
    ["joint.en", null],
  ]);
  expect(now).toMatchObject({ isDoubtful: false, numbers: { joint: 1, arven: 1 } });
});

test("until anything is shown every language is spoken, and nothing is doubted", async () => {
  expect(await new Client().told()).toEqual({ ...BY_LANGUAGE, numbers: {}, isDoubtful: false });
});

test("what one delegation has not signed is not believed, and said", async () => {
  const forged = { ...(await signed({ channels: SIGNED }, [maren])) };
  const twice = await signed({ channels: SIGNED }, [maren, second]);
  const stranger = await signed({ channels: SIGNED }, [maren, adviser]);
  const [signature] = (await signed({ channels: SIGNED }, [maren])).signatures;
  const borrowed = {
    ...forged,
    signatures: [...forged.signatures, { ...signature, member: tove.seat.member } as never],
  };
  for (const sent of [forged, twice, stranger, borrowed]) {
    expect(await new Client().told(sent)).toMatchObject({ ...BY_LANGUAGE, isDoubtful: true });
  }
});

test("a host that renames a delegation's booth joint, or moves its interpreter, changes nothing", async () => {
  const real = await signed(own(), [maren]);
  const client = new Client();
  const before = await client.told(real);
  const said = { number: 2, party: null, channels: SPOKEN, booths: [booth("joint.en", FANE)] };
  for (const lie of [
    { ...(await signed(said, [])), signatures: real.signatures },
    { ...(await signed(own({ number: 2, booths: [] }), [])), signatures: real.signatures },
    await signed(own({ number: 2, booths: [booth("joint.en", FANE)] }), [maren]),
    await signed(own({ number: 2, party: TOLMAR, booths: [booth("tolmar.en", FANE)] }), [maren]),
  ]) {
    const now = await client.told(lie);
    expect(now).toMatchObject({ channels: before.channels, booths: before.booths, isDoubtful: true });
  }
  expect(await client.told(real)).toMatchObject({ booths: before.booths, isDoubtful: false });
});

test("an older one in the place of a newer is not believed, also after the page was loaded anew", async () => {
  const client = new Client();
  const [old, fresh] = [await signed(own(), [maren]), await signed(own({ number: 2, booths: [] }), [maren])];
  expect((await client.told(old)).booths).toHaveLength(1);
  expect((await client.told(fresh)).booths).toEqual([]);
  expect(await client.told(old)).toMatchObject({ booths: [], isDoubtful: true, numbers: { arven: 2 } });
  expect(await client.told()).toMatchObject({ booths: [], isDoubtful: true });
  client.believing = client.opened();
  expect(await client.told(old)).toMatchObject({ booths: [], isDoubtful: true, numbers: { arven: 2 } });
  expect(await client.told(fresh)).toMatchObject({ isDoubtful: false });
  const arriving = new Client();
  expect((await arriving.told(old)).booths).toHaveLength(1);
});

test("of two that are both signed and have one number the first stands", async () => {
  const client = new Client();
  await client.told(await signed(own(), [maren]));
  const now = await client.told(await signed(own({ booths: [] }), [maren]));
  expect(now.booths).toHaveLength(1);
  expect(now.isDoubtful).toBe(true);
});

test("a signature that was taken back is worth nothing when its time is over", async () => {
  const client = new Client();
  client.attended = Date.parse(UNTIL) + 1;
  const late = await signed({ channels: SIGNED }, ALL);
  expect(await client.told(late)).toMatchObject({ ...BY_LANGUAGE, isDoubtful: true });
  const anew = await signed({ number: 2, channels: SIGNED, until: "2026-12-07T14:31:00.000Z" }, ALL);
  expect(await client.told(anew)).toMatchObject({ channels: SIGNED, isDoubtful: false });
});

test("what came in time stands though its time is over, also after the page was loaded anew", async () => {
  const client = new Client();
  client.attended = Date.parse(UNTIL);
  const sent = await signed({ channels: SIGNED }, ALL);
  await client.told(sent);
  client.attended += 3_600_000;
  expect(await client.told(sent)).toMatchObject({ channels: SIGNED, isDoubtful: false });
  client.believing = client.opened();
  expect(await client.told(sent)).toMatchObject({ channels: SIGNED, isDoubtful: false });
});

test("whoever comes late cannot know when it was signed by all", async () => {
  const client = new Client();
  expect(await client.told(await signed({ channels: SIGNED }, ALL))).toMatchObject({ channels: SIGNED });
});

test("a signature that was taken back is worth nothing once there is another of its number, also after the page was loaded anew", async () => {
  const client = new Client();
  const agreed = await signed({ channels: SIGNED }, ALL);
  await client.told(agreed);
  const takenBack = await signed({}, ALL);
  expect(await client.told(takenBack)).toMatchObject({ channels: SIGNED, isDoubtful: true });
  client.believing = client.opened();
  expect(await client.told(takenBack)).toMatchObject({ ...BY_LANGUAGE, isDoubtful: true });
  expect(await client.told(agreed)).toMatchObject({ channels: SIGNED, isDoubtful: false });
});

test("what is withheld still holds", async () => {
  const client = new Client();
  await client.told(await signed({ channels: SIGNED }, ALL));
  expect(await client.told()).toMatchObject({ channels: SIGNED, isDoubtful: true });
});

test("what was signed for another meeting is not believed here, nor remembered there", async () => {
  const client = new Client();
  const elsewhere = await signed({ channels: SIGNED }, ALL, "elsewhere" as MeetingId);
  expect(await client.told(elsewhere)).toMatchObject({ ...BY_LANGUAGE, isDoubtful: true, numbers: {} });
  await client.told(await signed({ number: 7, channels: SIGNED }, ALL));
  const { meeting, ...rest } = { ...client.shown(), arranged: [elsewhere] };
  const there = await client.believing.of({ ...rest, meeting: { ...meeting, id: "elsewhere" as MeetingId } }, null);
  expect(there).toMatchObject({ channels: SIGNED, isDoubtful: false, numbers: { joint: 1 } });
});

test("a chair who was revoked has signed nothing, until another has", async () => {
  const client = new Client();
  const sent = await signed({ channels: SIGNED }, ALL);
  await client.told(sent);
  client.seats = client.seats.filter(({ member }) => member !== maren.seat.member);
  expect(await client.told(sent)).toMatchObject({ ...BY_LANGUAGE, isDoubtful: true, numbers: { joint: 1 } });
  const anew = await signed({ number: 2, channels: SIGNED }, [second, tove]);
  expect(await client.told(anew)).toMatchObject({ channels: SIGNED, isDoubtful: false });
});

test("what has not changed stays the same object", async () => {
  const client = new Client();
  const sent = await signed(own(), [maren]);
  expect(await client.told(sent)).toBe(await client.told(sent));
});
