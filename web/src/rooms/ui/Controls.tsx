import { lazy, Suspense, useState, type ReactNode } from "react";
import { LogOut, Mic, MicOff, MonitorUp, Video, VideoOff } from "lucide-react";
import { Button, Toggle, type ToggleProps } from "../../design/Button";
import type { Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import type { DevicesState, Sending, Source } from "../model";

const Confirm = lazy(async () => ({ default: (await import("../../design/Confirm")).Confirm }));

export interface SourcesProps {
  readonly sending: Sending;
  /** What one wants to send, whether or not it is sent yet. */
  readonly wished: Sending;
  /** What is shown at all for this role. */
  readonly offered: readonly Source[];
  /** What may be sent now. */
  readonly granted: readonly Source[];
  /** Nobody sends anything at present: what is wished is kept for when the meeting goes on. */
  readonly quiet: boolean;
  /** Nothing leaves this device, whatever is on: it has no keys. */
  readonly keyless: boolean;
  readonly trouble: DevicesState["trouble"];
  readonly onSend: (source: Source, on: boolean) => void;
}

const SIGNS = {
  microphone: { on: Mic, off: MicOff, name: "controls.microphone", key: "m" },
  camera: { on: Video, off: VideoOff, name: "controls.camera", key: "v" },
  screen: { on: MonitorUp, off: MonitorUp, name: "controls.paper", key: "s" },
} as const;

/**
 * Microphone, camera and paper: on, off, or not now. A microphone or camera shows what one wants, for that is what a
 * press changes; while it is not sent yet, it says so.
 */
export function Sources(props: SourcesProps): ReactNode {
  const words = useWords();
  return props.offered.map((source) => {
    const { on, off, name, key } = SIGNS[source];
    const device = source !== "screen";
    const wanted = device ? props.wished[source] : props.sending[source];
    const troubled = device && wanted && props.trouble[source] !== null;
    const Sign = (wanted && !troubled) || !device ? on : off;
    return (
      <Toggle
        key={source}
        label={words.t(name)}
        on={wanted}
        tells={tells({ troubled, waits: wanted && waitsFor(props, source) }, words)}
        disabled={!props.granted.includes(source) && !(device && props.quiet)}
        shortcut={key}
        onChange={(chosen) => {
          props.onSend(source, chosen);
        }}
      >
        <Sign className="icon" aria-hidden />
        {words.t(name)}
      </Toggle>
    );
  });
}

type Waits = "controls.waits" | "controls.waitsForKeys";

/** What keeps back what is wanted; false when it is sent. */
function waitsFor({ sending, keyless }: SourcesProps, source: Source): Waits | false {
  if (!sending[source]) return "controls.waits";
  return keyless && "controls.waitsForKeys";
}

function tells(
  { troubled, waits }: { readonly troubled: boolean; readonly waits: Waits | false },
  words: Words,
): ToggleProps["tells"] {
  if (troubled) return { state: "trouble", text: words.t("controls.trouble") };
  return waits === false ? undefined : { state: "waits", text: words.t(waits) };
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
            onYes={() => {
              // The stage is kept for whoever comes back, and with it whether this is asked.
              setAsked(false);
              props.onLeave();
            }}
          >
            <p>{words.t("leave.text")}</p>
          </Confirm>
        </Suspense>
      ) : null}
    </>
  );
}
