/** One's own microphone: whether it is a headset's, what is done to the voice for it, and how it will sound. */
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { Headset, Mic } from "lucide-react";
import { Button, Toggle } from "../../design/Button";
import { Notice } from "../../design/controls";
import { enMicrophone } from "../../i18n/enMicrophone";
import { useWords } from "../../i18n/ui/Words";
import { type Advice, adviceOn } from "../../interpretation/ear/advice";
import { useAttempt } from "./Told";
import { useReadable, useServices } from "./useServices";

/** Shown while a microphone is open; refuses nothing. @param atOnce whether it has been asked for already. */
export function MicrophoneCheck({ atOnce }: { readonly atOnce: boolean }): ReactNode {
  const words = useWords();
  const part = useMemo(() => words.part(enMicrophone), [words]);
  const { devices } = useServices();
  const attempt = useAttempt();
  const { preview, headset } = useReadable(devices.state);
  const { found, start } = useCheck(preview, atOnce);
  if (preview === null || preview.getAudioTracks().length === 0) return null;
  return (
    <div className="microphone-check">
      <Toggle
        label={part("headset")}
        on={headset}
        onChange={(on) => {
          attempt(() => devices.wear(on));
        }}
      >
        <Headset className="icon" aria-hidden />
        {part("headset")}
      </Toggle>
      <p className="quiet">{part(headset ? "headset.on" : "headset.off")}</p>
      {found === "not asked" ? (
        <Button onPress={start}>
          <Mic className="icon" aria-hidden />
          {part("check")}
        </Button>
      ) : (
        <div role="status" aria-label={part("found")}>
          {typeof found === "string" ? <p>{part(found)}</p> : <Advised advice={found} />}
        </div>
      )}
    </div>
  );
}

function Advised({ advice }: { readonly advice: readonly Advice[] }): ReactNode {
  const words = useWords();
  const part = words.part(enMicrophone);
  return (
    <Notice tone={advice.includes("good") ? "calm" : "caution"} icon={<Mic className="icon" aria-hidden />}>
      {advice.map((one) => (
        <p key={one}>{part(one)}</p>
      ))}
    </Notice>
  );
}

type Found = "not asked" | "listening" | "failed" | readonly Advice[];

/** Listens to what is shown to oneself, as long as it is the same microphone. */
function useCheck(stream: MediaStream | null, atOnce: boolean): { readonly found: Found; readonly start: () => void } {
  const [asked, setAsked] = useState(atOnce);
  const track = stream?.getAudioTracks()[0];
  // What was found of another microphone is nothing of this one.
  const [said, setSaid] = useState<{ readonly of: MediaStreamTrack | undefined; readonly found: Found }>();
  useEffect(() => {
    if (!asked || track === undefined) return undefined;
    const ending = import("../../interpretation/ear/check").then(async ({ check }) =>
      check(new MediaStream([track]), (measures) => {
        setSaid({ of: track, found: adviceOn(measures) ?? "listening" });
      }),
    );
    ending.catch(() => {
      setSaid({ of: track, found: "failed" });
    });
    return () => {
      void ending.then(
        (end) => {
          end();
        },
        () => undefined,
      );
    };
  }, [asked, track]);
  const start = useCallback(() => {
    setAsked(true);
  }, []);
  const found = said !== undefined && said.of === track ? said.found : "listening";
  return { found: asked ? found : "not asked", start };
}
