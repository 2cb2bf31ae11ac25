/**
 * A member by another implementation of MLS: ts-mls, with no rule at all. It shows that ours keeps to the RFC, and it
 * attacks, for it makes whatever it is told to. Its state is plain facts: a copy is kept by not looking away.
 */
import * as current from "ts-mls";
import type { CiphersuiteImpl, ClientConfig, ClientState, Proposal } from "ts-mls";
import { signGroupInfo } from "ts-mls/groupInfo.js";
import * as earlier from "ts-mls-1.6.2";
import type { GroupMember } from "../keys/group";
import { saidBy } from "./mls";

const SUITE = "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519";
const X25519_KEY = 32;

type Library = typeof current;
export type Version = "1.6.4" | "1.6.2";

/** 1.6.2 lets a removed member read on; it is here so that a test can be seen to fail. */
export const LIBRARIES: Readonly<Record<Version, Library>> = { "1.6.4": current, "1.6.2": earlier };

const withoutLength = (key: Uint8Array) =>
  key.length === X25519_KEY + 1 && key[0] === X25519_KEY ? key.slice(1) : key;

/** Read `external_pub` as RFC 9420 has it, with its length, which ts-mls leaves out. */
function readingLengths(suite: CiphersuiteImpl): CiphersuiteImpl {
  const { hpke } = suite;
  return { ...suite, hpke: { ...hpke, importPublicKey: (key) => hpke.importPublicKey(withoutLength(key)) } };
}

export async function peerSuite(): Promise<CiphersuiteImpl> {
  return readingLengths(await current.getCiphersuiteImpl(current.getCiphersuiteFromName(SUITE)));
}

type Named = { readonly credential: { readonly credentialType: string; readonly identity?: Uint8Array } };

function nameOf({ credential: { identity } }: Named): string {
  const said = identity === undefined ? undefined : saidBy(identity);
  return `${said?.party}/${said?.id}`;
}

function configured(library: Library): ClientConfig {
  return {
    keyRetentionConfig: library.defaultKeyRetentionConfig,
    lifetimeConfig: library.defaultLifetimeConfig,
    paddingConfig: library.defaultPaddingConfig,
    keyPackageEqualityConfig: {
      compareKeyPackages: (one, other) => nameOf(one.leafNode) === nameOf(other.leafNode),
      compareKeyPackageToLeafNode: (one, leaf) => nameOf(one.leafNode) === nameOf(leaf),
    },
    authService: { validateCredential: async () => true },
  };
}

/** An Ed25519 key pair in the form that ts-mls signs with. */
export interface PeerSession {
  readonly signKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

export type PeerMember = PeerSession & Pick<GroupMember, "credential">;

function packed(library: Library, { credential, ...session }: PeerMember, suite: CiphersuiteImpl) {
  const basic = { credentialType: "basic", identity: credential } as const;
  const [abilities, lifetime] = [library.defaultCapabilities(), library.defaultLifetime];
  return library.generateKeyPackageWithKey(basic, abilities, lifetime, [], session, suite);
}

/** One state of one member. Nothing here changes a state: what follows from it is another peer. */
export class Peer {
  readonly library: Library;
  readonly suite: CiphersuiteImpl;
  readonly state: ClientState;

  constructor(library: Library, suite: CiphersuiteImpl, state: ClientState) {
    this.library = library;
    this.suite = suite;
    this.state = state;
  }

  /** Begin a group. */
  static async create(id: Uint8Array, member: PeerMember, version: Version = "1.6.4"): Promise<Peer> {
    const [library, suite] = [LIBRARIES[version], await peerSuite()];
    const { publicPackage, privatePackage } = await packed(library, member, suite);
    const config = configured(library);
    return new Peer(library, suite, await library.createGroup(id, publicPackage, privatePackage, [], suite, config));
  }

  /** Join, or come back, by an external commit. */
  static async join(
    groupInfo: Uint8Array,
    member: PeerMember,
    how: { readonly back?: boolean; readonly version?: Version } = {},
  ): Promise<{ readonly peer: Peer; readonly commit: Uint8Array }> {
    const { back = false, version = "1.6.4" } = how;
    const [library, suite] = [LIBRARIES[version], await peerSuite()];
    const [message] = library.decodeMlsMessage(groupInfo, 0) ?? [];
    if (message?.wireformat !== "mls_group_info") {
      throw new Error("not a GroupInfo");
    }
    const { publicPackage, privatePackage } = await packed(library, member, suite);
    const config = configured(library);
    const { groupInfo: info } = message;
    const ways = [publicPackage, privatePackage, back, suite, undefined, config] as const;
    const { publicMessage, newState } = await library.joinGroupExternal(info, ...ways);
    const commit = library.encodeMlsMessage({ version: "mls10", wireformat: "mls_public_message", publicMessage });
    return { peer: new Peer(library, suite, newState), commit };
  }

  private after(state: ClientState): Peer {
    return new Peer(this.library, this.suite, state);
  }

  /** Follow a commit. */
  async process(commit: Uint8Array): Promise<Peer> {
    const [message] = this.library.decodeMlsMessage(commit, 0) ?? [];
    if (message?.wireformat !== "mls_public_message" && message?.wireformat !== "mls_private_message") {
      throw new Error("not a commit");
    }
    const { emptyPskIndex, acceptAll } = this.library;
    const done = await this.library.processMessage(message, this.state, emptyPskIndex, acceptAll, this.suite);
    return this.after(done.newState);
  }

  /** Make a commit of any proposals. */
  async commit(extraProposals: Proposal[], wireAsPublicMessage = true): Promise<{ peer: Peer; commit: Uint8Array }> {
    const context = { state: this.state, cipherSuite: this.suite };
    const made = await this.library.createCommit(context, { extraProposals, wireAsPublicMessage });
    return { peer: this.after(made.newState), commit: this.library.encodeMlsMessage(made.commit) };
  }

  /** Make a commit that removes leaves. */
  remove(...leaves: number[]): Promise<{ peer: Peer; commit: Uint8Array }> {
    return this.commit(leaves.map((removed) => ({ proposalType: "remove", remove: { removed } })));
  }

  /** Propose something outside a commit. */
  async propose(proposal: Proposal): Promise<Uint8Array> {
    const made = await this.library.createProposal(this.state, true, proposal, this.suite);
    return this.library.encodeMlsMessage(made.message);
  }

  /** Make the proposal that would add somebody. */
  async adding(member: PeerMember): Promise<Proposal> {
    const { publicPackage } = await packed(this.library, member, this.suite);
    return { proposalType: "add", add: { keyPackage: publicPackage } };
  }

  /** Go on under another credential, or with another suite, as nobody honest would. */
  disguised(credential: Uint8Array | undefined, suite = this.suite): Peer {
    const own = 2 * this.state.privatePath.leafIndex;
    const ratchetTree = this.state.ratchetTree.map((node, index) => {
      if (index !== own || node?.nodeType !== "leaf" || credential === undefined) {
        return node;
      }
      return {
        ...node,
        leaf: { ...node.leaf, credential: { credentialType: "basic" as const, identity: credential } },
      };
    });
    return new Peer(this.library, suite, { ...this.state, ratchetTree });
  }

  /** The GroupInfo, with the length that RFC 9420 wants before `external_pub`. */
  async info(): Promise<Uint8Array> {
    const { state, suite, library } = this;
    const { signature: _, ...bare } = await library.createGroupInfoWithExternalPubAndRatchetTree(state, [], suite);
    const extensions = bare.extensions.map((extension) =>
      extension.extensionType === "external_pub"
        ? { ...extension, extensionData: Uint8Array.from([X25519_KEY, ...extension.extensionData]) }
        : extension,
    );
    const groupInfo = await signGroupInfo({ ...bare, extensions }, state.signaturePrivateKey, suite.signature);
    return library.encodeMlsMessage({ version: "mls10", wireformat: "mls_group_info", groupInfo });
  }

  get authenticator(): Uint8Array {
    return this.state.keySchedule.epochAuthenticator;
  }

  export(label: string, context: Uint8Array, length: number): Promise<Uint8Array> {
    return this.library.mlsExporter(this.state.keySchedule.exporterSecret, label, context, length, this.suite);
  }
}
