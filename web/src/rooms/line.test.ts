import { DisconnectReason, RoomEvent } from "livekit-client";
import { expect, test } from "vitest";
import type { Identity } from "../kernel/ids";
import { FakeSealing } from "../testing/sealing";
import { aMediaTrack, type FakeRoom, FakeSfu } from "../testing/sfu";
import { Line } from "./line";

interface Scene {
  readonly line: Line;
  readonly room: FakeRoom;
  readonly told: string[];
}

async function connected(sealing = new FakeSealing("MAREN")): Promise<Scene> {
  const sfu = new FakeSfu("MAREN");
  const told: string[] = [];
  const tell = (word: string) => () => {
    told.push(word);
  };
  const deaf: ConstructorParameters<typeof Line>[1] = {
    joined: tell("joined"),
    changed: tell("changed"),
    faltering: tell("faltering"),
    restored: tell("restored"),
    ended: (end) => {
      told.push(end);
    },
  };
  const line = new Line(await sfu.load(), deaf, sealing);
  await line.connect("ws://sfu", "token");
  return { line, room: sfu.room, told };
}

const floor = (muted: boolean) =>
  ({ name: "floor", source: "microphone", track: aMediaTrack("audio"), muted }) as const;

test("a line whose sealing ends is lost, at once and once", async () => {
  const sealing = new FakeSealing("MAREN");
  const { room, told } = await connected(sealing);
  sealing.fail();
  sealing.fail();
  expect(room.ended).toBe(true);
  expect(told.filter((word) => word === "lost")).toEqual(["lost"]);
});

test("a track is what it was opened as, and one that the frames worker does not open is not there", async () => {
  const { line, room } = await connected();
  room.arrives("VEY", { floor: "audio" });
  room.arrives("OKAFOR", { speech: "audio" });
  room.arrives("SOREL", { floor: "audio" }, "audio/PCMU");
  const names = line.remotes().map(({ identity, tracks }) => [identity, ...tracks.map(({ name }) => name)]);
  expect(names).toEqual([["VEY", "floor"], ["OKAFOR"], ["SOREL"]]);
});

test("only the named identities are let hear", async () => {
  const { line, room } = await connected();
  line.restrict(["VEY" as Identity]);
  line.restrict([]);
  expect(room.localParticipant.lists).toEqual([["VEY"], []]);
});

test("what is muted is muted before it is sent", async () => {
  const { line, room } = await connected();
  await line.publish(floor(true));
  expect(room.localParticipant.tracks).toEqual(["floor muted"]);
  expect(line.isMuted("floor")).toBe(true);
  await line.mute("floor", false);
  expect(line.isMuted("floor")).toBe(false);
  expect(line.isMuted("camera")).toBe(true);
});

test("another device's track takes a muted one's place in silence", async () => {
  const { line } = await connected();
  await line.publish(floor(true));
  const other = aMediaTrack("audio");
  await line.replace("floor", other);
  expect(other.enabled).toBe(false);
  await line.mute("floor", false);
  line.silence("floor");
  const third = aMediaTrack("audio");
  await line.replace("floor", third);
  expect(third.enabled).toBe(false);
});

test("a track that the SFU took off the line is not thought to be sent", async () => {
  const { line, room, told } = await connected();
  await line.publish(floor(false));
  room.emit(RoomEvent.LocalTrackUnpublished, room.localParticipant.sent.get("floor"));
  expect(line.sending()).toEqual([]);
  expect(told).toEqual(["joined", "changed"]);
});

test("what the SFU takes follows its permission", async () => {
  const { line, room } = await connected();
  expect(line.takes("screen")).toBe(true);
  // 2 is the microphone in LiveKit's protocol.
  room.localParticipant.permissions = { canPublish: true, canPublishSources: [2] };
  expect([line.takes("microphone"), line.takes("camera"), line.takes("screen")]).toEqual([true, false, false]);
  room.localParticipant.permissions = { canPublish: false, canPublishSources: [2] };
  expect(line.takes("microphone")).toBe(false);
  room.localParticipant.permissions = undefined;
  expect(line.takes("microphone")).toBe(false);
});

test.each([
  [DisconnectReason.DUPLICATE_IDENTITY, "duplicate"],
  [DisconnectReason.PARTICIPANT_REMOVED, "removed"],
  [DisconnectReason.SERVER_SHUTDOWN, "lost"],
  [undefined, "lost"],
] as const)("ended for reason %s it is %s, and told once", async (reason, end) => {
  const { room, told } = await connected();
  room.emit(RoomEvent.Disconnected, reason);
  room.emit(RoomEvent.Disconnected, reason);
  room.emit(RoomEvent.TrackMuted);
  expect(told).toEqual(["joined", end]);
});

test("what the library would begin anew is lost at once, and told once", async () => {
  const { line, room, told } = await connected();
  room.emit(RoomEvent.Reconnecting);
  room.emit(RoomEvent.Disconnected);
  room.emit(RoomEvent.Reconnected);
  expect(told).toEqual(["joined", "lost"]);
  expect(line.flows()).toBe(false);
});

test("while only signalling fails one is heard, and no break is told", async () => {
  const { room, told } = await connected();
  room.emit(RoomEvent.SignalReconnecting);
  expect(told).toEqual(["joined", "faltering"]);
  room.emit(RoomEvent.Reconnected);
  expect(told).toEqual(["joined", "faltering", "restored"]);
});

test("what is silenced lets nothing out at once, and sounds again when it is unmuted", async () => {
  const { line } = await connected();
  const outgoing = floor(false);
  await line.publish(outgoing);
  line.silence("floor");
  expect([outgoing.track.enabled, line.isMuted("floor")]).toEqual([false, true]);
  await line.mute("floor", false);
  expect([outgoing.track.enabled, line.isMuted("floor")]).toEqual([true, false]);
});

test("closed by oneself, nothing more is told", async () => {
  const { line, room, told } = await connected();
  await line.close();
  room.emit(RoomEvent.Disconnected, DisconnectReason.CLIENT_INITIATED);
  room.arrives("VEY", { floor: "audio" });
  expect(told).toEqual(["joined"]);
});

test("the others, with what has arrived of them", async () => {
  const { line, room } = await connected();
  room.arrives("VEY", { floor: "audio", camera: "video" });
  expect(line.remotes().map(({ identity, tracks }) => [identity, tracks.map(({ name }) => name)])).toEqual([
    ["VEY", ["floor", "camera"]],
  ]);
});

const audio = (name: string) => ({ name, source: "microphone", track: aMediaTrack("audio"), muted: false }) as const;
const whispered = (...ids: readonly string[]): unknown => [
  { participantIdentity: "VEY", allowAll: true },
  { participantIdentity: "MAREN", allowedTrackSids: ids },
];

test("what is whispered is one hearer's before it is sent, and nobody else's while it is; then all is for all again", async () => {
  const { line, room } = await connected();
  const own = room.localParticipant;
  line.restrict(["VEY", "MAREN"] as Identity[]);
  await line.publish(audio("int:en"));
  const all = ["VEY", "MAREN"].map((participantIdentity) => ({ participantIdentity, allowAll: true }));
  expect(own.shares).toEqual(all);
  own.told.length = 0;
  await line.publish(audio("whisper:VEY"));
  expect(own.told).toEqual(["list of 2", "whisper:VEY", "list of 2"]);
  expect(own.shares).toEqual(whispered("id of int:en"));
  await line.publish(audio("int:fr"));
  expect(own.shares).toEqual(whispered("id of int:en", "id of int:fr"));
  line.restrict(["VEY", "MAREN"] as Identity[]);
  expect(own.shares).toEqual(whispered("id of int:en", "id of int:fr"));
  await line.unpublish("int:en");
  await line.unpublish("whisper:VEY");
  expect([own.told.slice(-2), own.shares]).toEqual([["unpublish whisper:VEY", "list of 2"], all]);
});
