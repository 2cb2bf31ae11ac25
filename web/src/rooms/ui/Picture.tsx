import { useEffect, useRef, type ReactNode } from "react";

/** A moving picture without sound: sound is played by the mixer, never here. */
export function Picture(props: {
  readonly stream: MediaStream | MediaStreamTrack;
  readonly mirrored?: boolean;
  readonly whole?: boolean;
  readonly label?: string;
}): ReactNode {
  const video = useRef<HTMLVideoElement>(null);
  const { stream } = props;
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    element.srcObject =
      stream instanceof MediaStream ? new MediaStream(stream.getVideoTracks()) : new MediaStream([stream]);
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  return (
    <video
      ref={video}
      className="picture"
      data-mirrored={props.mirrored || undefined}
      data-whole={props.whole || undefined}
      aria-label={props.label}
      aria-hidden={props.label === undefined || undefined}
      autoPlay
      muted
      playsInline
      disablePictureInPicture
      tabIndex={-1}
    />
  );
}
