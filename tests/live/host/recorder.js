/* Called on every connection of a page: keeps what comes as sound, and sends it again in place of its own. */
async function again() {
  const script = `
    const kept = [];
    let next = 0;
    onrtctransform = ({ transformer: { options, readable, writable } }) => {
      const transform = (frame, out) => {
        if (options.side === "keep") {
          if (kept.length < 200) kept.push(frame.data.slice(0));
        } else if (kept.length === 200) {
          frame.data = kept[next++ % kept.length].slice(0);
          out.enqueue(frame);
        }
      };
      readable.pipeThrough(new TransformStream({ transform })).pipeTo(writable);
    };
  `;
  const worker = new Worker(URL.createObjectURL(new Blob([script])));
  const isSound = ({ track }) => track?.kind === "audio";
  const put = (side) => (end) => {
    end.transform = new RTCRtpScriptTransform(worker, { side });
  };
  this.flatMap((peer) => peer.getReceivers()).filter(isSound).forEach(put("keep"));
  this.flatMap((peer) => peer.getSenders()).filter(isSound).forEach(put("send"));
}
