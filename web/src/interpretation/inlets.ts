/**
 * Where tracks enter the graph: one node for each, whoever listens to it.
 *
 * Chromium keeps the last of a track whose node is drawn from no more, and plays it first when somebody draws again: all that
 * comes is late from then on. By how much depends on the output device: some 50 to 250 ms, 100 as measured. So every node is
 * drawn from for as long as its track lives, heard or not. One that was never drawn from keeps nothing: a new node starts empty.
 */
interface Inlet {
  node: MediaStreamAudioSourceNode;
  readonly into: Set<AudioNode>;
}

export class Inlets {
  private readonly context: AudioContext;
  /** Silent, and drawn from by the speakers. */
  private readonly drain: GainNode;
  /** A browser keeps every source node for as long as its context runs, connected or not: hours of phases would fill the graph. */
  private readonly inlets = new Map<MediaStreamTrack, Inlet>();

  constructor(context: AudioContext) {
    this.context = context;
    this.drain = new GainNode(context, { gain: 0 });
    this.drain.connect(context.destination);
  }

  /** Has a track's sound enter a node. One that has ended has none. */
  wire(track: MediaStreamTrack, into: AudioNode): void {
    this.forgetEnded();
    if (track.readyState === "ended") return;
    const inlet = this.inlets.get(track) ?? { node: this.opened(track), into: new Set() };
    this.inlets.set(track, inlet);
    inlet.into.add(into);
    inlet.node.connect(into);
  }

  /** The track's sound enters this node no more. */
  unwire(track: MediaStreamTrack, from: AudioNode): void {
    const inlet = this.inlets.get(track);
    if (inlet?.into.delete(from) === true) inlet.node.disconnect(from);
    this.forgetEnded();
  }

  /**
   * From now on every sound is what comes now: what was kept while the graph stood still is left out, for new nodes start empty.
   * Those that are left stay in the browser until the context ends: this is for real changes alone.
   */
  renew(): void {
    this.forgetEnded();
    for (const [track, inlet] of this.inlets) {
      inlet.node.disconnect();
      inlet.node = this.opened(track);
      for (const into of inlet.into) inlet.node.connect(into);
    }
  }

  private opened(track: MediaStreamTrack): MediaStreamAudioSourceNode {
    const node = this.context.createMediaStreamSource(new MediaStream([track]));
    node.connect(this.drain);
    return node;
  }

  private forgetEnded(): void {
    for (const [track, { node }] of this.inlets) {
      if (track.readyState !== "ended") continue;
      node.disconnect();
      this.inlets.delete(track);
    }
  }
}
