import { lazy, Suspense, useState, type ReactNode } from "react";
import { LogOut, Mic, MicOff, MonitorUp, Video, VideoOff } from "lucide-react";
import { Button, Toggle } from "../../design/Button";
import { useWords } from "../../i18n/ui/Words";
import type { Sending, Source } from "../model";

const Confirm = lazy(async () => ({ default: (await import("../../design/Confirm")).Confirm }));

export interface SourcesProps {
  readonly sending: Sending;
  /** What is shown at all for this role. */
  readonly offered: readonly Source[];
  /** What may be sent now. */
  readonly granted: readonly Source[];
  readonly onSend: (source: Source, on: boolean) => void;
}

const SIGNS = {
  microphone: { on: Mic, off: MicOff, name: "controls.microphone", key: "m" },
  camera: { on: Video, off: VideoOff, name: "controls.camera", key: "v" },
  screen: { on: MonitorUp, off: MonitorUp, name: "controls.paper", key: "s" },
} as const;

/** Microphone, camera and paper: on, off, or not now. */
export function Sources(props: SourcesProps): ReactNode {
  const words = useWords();
  return props.offered.map((source) => {
    const { on, off, name, key } = SIGNS[source];
    const sends = props.sending[source];
    const Sign = sends || source === "screen" ? on : off;
    return (
      <Toggle
        key={source}
        label={words.t(name)}
        on={sends}
        disabled={!props.granted.includes(source)}
        shortcut={key}
        onChange={(wanted) => {
          props.onSend(source, wanted);
        }}
      >
        <Sign className="icon" aria-hidden />
        {words.t(name)}
      </Toggle>
    );
  });
}

/** Leaving asks once more, for it cannot be done by accident in front of another head of state. */
export function Leave(props: { readonly onLeave: () => void }): ReactNode {
  const words = useWords();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button
        tone="danger"
        className="control leave"
        onPress={() => {
          setAsked(true);
        }}
      >
        <LogOut className="icon turns" aria-hidden />
        {words.t("controls.leave")}
      </Button>
      {asked ? (
        <Suspense>
          <Confirm
            title={words.t("leave.title")}
            yes={words.t("leave.yes")}
            no={words.t("leave.no")}
            tone="danger"
            onNo={() => {
              setAsked(false);
            }}
            onYes={props.onLeave}
          >
            <p>{words.t("leave.text")}</p>
          </Confirm>
        </Suspense>
      ) : null}
    </>
  );
}
