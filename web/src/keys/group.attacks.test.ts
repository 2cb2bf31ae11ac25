/**
 * What our client refuses, with its state as it was: honest members are ours; who attacks is an insider or a stranger with
 * ts-mls, which makes whatever it is told, or with our crate under no rules.
 */
import type { CiphersuiteImpl, Proposal } from "ts-mls";
import { beforeAll, describe, expect, test } from "vitest";
import {
  aDelegation,
  aMember,
  credential,
  type Delegation,
  hex,
  noRules,
  type Rank,
  saidBy,
  sight,
  startCrate,
  strictRules,
  utf8,
} from "../testing/mls";
import { LIBRARIES, Peer, type PeerMember, peerSuite } from "../testing/mlsPeer";
import { Group, GroupRefusedError, type Rules } from "./group";

const ID = utf8("vv1|dh|m1|C|0");
const aland = aDelegation("Aland");
const borduria = aDelegation("Borduria");
const madeUp = aDelegation("Aland"); // a key that the host made, under a delegation's name
const rules = strictRules([aland, borduria]);
const suite: { own?: CiphersuiteImpl } = {};

beforeAll(async () => {
  await startCrate();
  suite.own = await peerSuite();
});

async function aPeer(delegation: Delegation, id: string, rank: Rank): Promise<PeerMember> {
  const session = await suiteOf().signature.keygen();
  return { ...session, credential: credential(delegation, { id, rank }, session.publicKey) };
}

function suiteOf(): CiphersuiteImpl {
  if (suite.own === undefined) {
    throw new Error("not started");
  }
  return suite.own;
}

/** Ada chairs for Aland, Boris is Borduria's principal, Inge interprets for Aland and attacks. */
async function chamber(adasRules: Rules = rules) {
  const ada = Group.create(ID, aMember(aland, "ada", "chair"), adasRules);
  const boris = Group.join(ada.info(), aMember(borduria, "boris", "principal"), rules);
  ada.process(boris.commit);
  const member = await aPeer(aland, "inge", "interpreter");
  const { peer: inge, commit } = await Peer.join(ada.info(), member);
  ada.process(commit);
  boris.group.process(commit);
  expect(hex(inge.authenticator)).toBe(hex(ada.authenticator()));
  return { ada, boris: boris.group, inge, member };
}

type Scene = Awaited<ReturnType<typeof chamber>>;

/** Why Ada refuses a message; she must be as she was, and then take an honest commit like all others. */
async function refusal(scene: Scene, message: Uint8Array): Promise<string> {
  const { ada, boris } = scene;
  const before = sight(ada);
  let why = "";
  try {
    ada.process(message);
  } catch (error) {
    why = error instanceof GroupRefusedError ? error.message : "";
  }
  if (why === "" || sight(ada) !== before) {
    return "not refused";
  }
  const { commit } = boris.commit([]);
  boris.apply();
  ada.process(commit);
  scene.inge = await scene.inge.process(commit);
  const agreed = sight(ada) === sight(boris) && hex(scene.inge.authenticator) === hex(ada.authenticator());
  return agreed ? why : "refused, and the group is broken";
}

/** An honest commit of Boris, who forgets it. */
function good({ boris }: Scene): Uint8Array {
  const { commit } = boris.commit([]);
  boris.clear();
  return commit;
}

describe("who joins", () => {
  test("is not the press", async () => {
    const scene = await chamber();
    const { commit } = await Peer.join(scene.ada.info(), await aPeer(borduria, "reporter", "press"));
    expect(await refusal(scene, commit)).toMatch(/not a valid member/);
  });

  test("is nobody whom a delegation's key has not signed", async () => {
    const scene = await chamber();
    const { commit } = await Peer.join(scene.ada.info(), await aPeer(madeUp, "ghost", "adviser"));
    expect(await refusal(scene, commit)).toMatch(/not a valid member/);
  });

  test("refuses a group that such a one began", async () => {
    const ghosts = await Peer.create(ID, await aPeer(madeUp, "ghost", "adviser"));
    const info = await ghosts.info();
    expect(() => Group.join(info, aMember(borduria, "late"), rules)).toThrow(/not a valid member/);
    Group.join(info, aMember(borduria, "late"), noRules);
  });

  test("is in the group once, not beside themselves", async () => {
    const scene = await chamber();
    const { commit } = await Peer.join(scene.ada.info(), await aPeer(borduria, "boris", "principal"));
    expect(await refusal(scene, commit)).toMatch(/DuplicateLeafData/);
  });

  test("may take the place of their own former leaf under a new key", async () => {
    const { ada, boris } = await chamber();
    const { group, commit } = Group.join(ada.info(), aMember(borduria, "boris", "principal"), rules);
    ada.process(commit);
    expect(sight(ada)).toBe(sight(group));
    expect(boris.process(commit).removedMe).toBe(true);
  });

  test("takes nobody else's place", async () => {
    const scene = await chamber();
    const evicting: Rules = { ...noRules, identity: (bytes) => utf8(saidBy(bytes).id.replace("mallory", "boris")) };
    const { commit } = Group.join(scene.ada.info(), aMember(aland, "mallory"), evicting);
    expect(await refusal(scene, commit)).toMatch(/removes nobody else/);
  });
});

describe("who is a member", () => {
  test.each([
    ["the other side's principal", 1],
    ["the own chair", 0],
  ])("does not remove %s without the rank", async (_, leaf) => {
    const scene = await chamber();
    expect(await refusal(scene, (await scene.inge.remove(leaf)).commit)).toMatch(/a interpreter may not/);
  });

  test("adds nobody", async () => {
    const scene = await chamber();
    const adding = await scene.inge.adding(await aPeer(borduria, "late", "adviser"));
    expect(await refusal(scene, (await scene.inge.commit([adding])).commit)).toMatch(/not allowed/);
  });

  test.each([
    ["person", "inge2", "interpreter"],
    ["rank", "inge", "chair"],
  ] as const)("does not become another %s", async (_, id, rank) => {
    const scene = await chamber();
    const other = credential(aland, { id, rank }, scene.member.publicKey);
    expect(await refusal(scene, (await scene.inge.disguised(other).commit([])).commit)).toMatch(/InvalidSuccessor/);
  });

  test("does not remove without renewing the keys, even where rank permits it", async () => {
    const scene = await chamber({ ...rules, permits: () => "" });
    const earlier = new Peer(LIBRARIES["1.6.2"], suiteOf(), scene.inge.state);
    expect(await refusal(scene, (await earlier.remove(1)).commit)).toMatch(/CommitMissingPath/);
  });

  test("proposes nothing outside a commit", async () => {
    const scene = await chamber();
    expect(await refusal(scene, await scene.inge.propose({ proposalType: "remove", remove: { removed: 1 } }))).toMatch(
      /Unsupported/,
    );
  });

  test("hides no commit in a PrivateMessage", async () => {
    const scene = await chamber();
    expect(await refusal(scene, (await scene.inge.commit([], false)).commit)).toMatch(/Unsupported/);
  });

  test("changes no extensions of the group", async () => {
    const scene = await chamber();
    const change: Proposal = { proposalType: "group_context_extensions", groupContextExtensions: { extensions: [] } };
    expect(await refusal(scene, (await scene.inge.commit([change])).commit)).toMatch(/not allowed/);
  });

  test("begins the group nowhere else", async () => {
    const scene = await chamber();
    const elsewhere = { groupId: utf8("x"), version: "mls10" as const, cipherSuite: suiteOf().name, extensions: [] };
    const reinit: Proposal = { proposalType: "reinit", reinit: elsewhere };
    expect(await refusal(scene, (await scene.inge.commit([reinit])).commit)).toMatch(/not allowed/);
  });

  test("cannot remove themselves, nor a leaf that is not there", async () => {
    const { ada, boris } = await chamber();
    const before = sight(ada);
    expect(() => ada.commit([ada.own])).toThrow(GroupRefusedError);
    expect(() => ada.commit([77])).toThrow(GroupRefusedError);
    expect(sight(ada)).toBe(before);
    boris.process(ada.commit([]).commit);
  });
});

describe("bytes", () => {
  test.each([
    ["in the header", (length: number) => Math.min(20, length)],
    ["in the middle", (length: number) => length >> 1],
    ["in the signature", (length: number) => length - 40],
  ])("with one bit changed %s are refused", async (_, at) => {
    const scene = await chamber();
    const bent = good(scene);
    const place = at(bent.length);
    bent[place] = (bent[place] ?? 0) ^ 1;
    expect(await refusal(scene, bent)).toMatch(/InvalidEpoch|InvalidMembershipTag/);
  });

  test("cut short, made up, or with something behind them are refused", async () => {
    const scene = await chamber();
    expect(await refusal(scene, good(scene).slice(0, -7))).toMatch(/Serialization/);
    expect(await refusal(scene, crypto.getRandomValues(new Uint8Array(900)))).toMatch(/Serialization/);
    expect(await refusal(scene, Uint8Array.from([...good(scene), 0]))).toMatch(/TrailingData/);
    expect(await refusal(scene, new Uint8Array())).toMatch(/Serialization/);
  });

  test("of an earlier epoch, or seen before, are refused", async () => {
    const scene = await chamber();
    const { ada, boris } = scene;
    const { commit } = boris.commit([]);
    boris.apply();
    ada.process(commit);
    const before = sight(ada);
    expect(() => ada.process(commit)).toThrow(/Epoch/);
    expect(sight(ada)).toBe(before);
  });

  test("of another group are refused", async () => {
    const scene = await chamber();
    const other = Group.create(utf8("vv1|dh|m1|F|1"), aMember(borduria, "boris", "principal"), rules);
    expect(await refusal(scene, Group.join(other.info(), aMember(aland, "dan"), rules).commit)).toMatch(
      /GroupIdMismatch/,
    );
  });

  test("of a GroupInfo without a signature that holds are refused", async () => {
    const { ada } = await chamber();
    const info = ada.info();
    info[info.length - 1] = (info.at(-1) ?? 0) ^ 1;
    expect(() => Group.join(info, aMember(borduria, "late"), rules)).toThrow(GroupRefusedError);
  });
});

/** What WebCrypto derives with a public key; nothing if it refuses, as RFC 7748 §6.1 lets it. */
async function sharedSecret(key: Uint8Array): Promise<ArrayBuffer | null> {
  const own = await crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
  const known = await crypto.subtle.importKey("raw", Uint8Array.from(key), "X25519", false, []);
  const { privateKey } = own;
  return crypto.subtle.deriveBits({ name: "X25519", public: known }, privateKey, 256).catch(() => null);
}

describe("keys of low order", () => {
  const points = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  ].map((point) => Uint8Array.from(Buffer.from(point, "hex")));

  test.each(points)("point %#: what everybody would know is refused", async (key) => {
    expect(await sharedSecret(key)).toBeNull();

    const scene = await chamber();
    const own = suiteOf();
    const weak = { ...own, hpke: { ...own.hpke, exportPublicKey: async () => key } };
    expect(await refusal(scene, (await scene.inge.disguised(undefined, weak).commit([])).commit)).toMatch(/low order/);
  });
});
