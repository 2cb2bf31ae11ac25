import { lazy, Suspense, useCallback, useEffect, useMemo, useState, type ReactNode, type RefObject } from "react";
import { Camera, Headphones, Mic } from "lucide-react";
import { Button } from "../../design/Button";
import { Choice } from "../../design/controls";
import { useWords } from "../../i18n/ui/Words";
import type { Capture } from "../../rooms";
import { DevicePreview, SpeakerPicker } from "../../rooms/ui/DevicePreview";
import { recallPlace } from "./place";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useReadable, useServices } from "./useServices";

const MicrophoneCheck = lazy(async () => ({ default: (await import("./MicrophoneCheck")).MicrophoneCheck }));

export interface ArrivalDevicesProps {
  readonly sitting: Sitting;
  /** True once one is on the way to one's seat, where the same devices go on. */
  readonly taking: RefObject<boolean>;
}

/** Whether a role sends anything at all: the press and the host are never asked for a microphone. */
export function triesDevices(role: Sitting["you"]["role"]): boolean {
  return role !== "protocol_officer" && role !== "press" && role !== "notetaker" && role !== "technician";
}

/** Devices as far as this role uses them. */
export function ArrivalDevices({ sitting, taking }: ArrivalDevicesProps): ReactNode {
  const { role } = sitting.you;
  if (role === "protocol_officer") return null;
  if (!triesDevices(role)) return <OwnSpeaker />;
  return <OwnPreview camera={role === "principal"} taking={taking} />;
}

function OwnSpeaker(): ReactNode {
  const words = useWords();
  const { devices } = useServices();
  const attempt = useAttempt();
  const state = useReadable(devices.state);
  return (
    <SpeakerPicker
      onPlay={() => {
        attempt(() => devices.playTestSound());
      }}
      picker={
        <Choice
          label={words.t("devices.speaker")}
          icon={<Headphones className="icon" aria-hidden />}
          value={state.chosen.speaker}
          options={state.speakers.map((device) => ({ id: device.id, text: device.label }))}
          empty={words.t("devices.speaker.default")}
          onChoose={(id) => {
            attempt(() => devices.choose("speaker", id));
          }}
        />
      }
    />
  );
}

function OwnPreview(props: { readonly camera: boolean; readonly taking: RefObject<boolean> }): ReactNode {
  const words = useWords();
  const { devices } = useServices();
  const attempt = useAttempt();
  const state = useReadable(devices.state);
  const level = useCallback(() => devices.level(), [devices]);
  const kinds = useMemo<readonly Capture[]>(
    () => (props.camera ? ["microphone", "camera"] : ["microphone"]),
    [props.camera],
  );
  // Whoever has just left the room was told that both are off: they stay so until asked for.
  const [wanted, setWanted] = useState(() => recallPlace().left !== true);
  useOpenWhileHere(kinds, wanted, props.taking);
  const ask = (
    <Button
      onPress={() => {
        setWanted(true);
      }}
    >
      {props.camera ? <Camera className="icon" aria-hidden /> : <Mic className="icon" aria-hidden />}
      {words.t(props.camera ? "devices.ask" : "devices.ask.microphone")}
    </Button>
  );
  return (
    <DevicePreview
      devices={state}
      level={level}
      camera={props.camera}
      ask={wanted ? null : ask}
      check={state.preview === null || state.preview.getAudioTracks().length === 0 ? null : <Check />}
      onChoose={(kind, id) => {
        attempt(() => devices.choose(kind, id));
      }}
      onPlay={() => {
        attempt(() => devices.playTestSound());
      }}
      onLookAgain={() => {
        attempt(() => devices.preview(kinds));
      }}
    />
  );
}

/** The check is fetched when it is asked for: whoever goes straight in does without. */
function Check(): ReactNode {
  const words = useWords();
  const [asked, setAsked] = useState(false);
  if (asked) {
    return (
      <Suspense>
        <MicrophoneCheck atOnce />
      </Suspense>
    );
  }
  return (
    <Button
      onPress={() => {
        setAsked(true);
      }}
    >
      <Mic className="icon" aria-hidden />
      {words.t("devices.ask.microphone")}
    </Button>
  );
}

/** Devices are open as long as one looks at them here, or goes on to one's seat with them; then their lights go out. */
function useOpenWhileHere(kinds: readonly Capture[], wanted: boolean, taking: RefObject<boolean>): void {
  const { devices } = useServices();
  const attempt = useAttempt();
  useEffect(() => {
    if (!wanted) {
      attempt(() => devices.look());
      return undefined;
    }
    const open = () => {
      attempt(() => devices.preview(kinds));
    };
    const stop = () => {
      if (!taking.current) devices.stop();
    };
    open();
    // A page that is left may be kept in memory, and be shown again as it was.
    const again = ({ persisted }: PageTransitionEvent) => {
      if (persisted) open();
    };
    window.addEventListener("pagehide", stop);
    window.addEventListener("pageshow", again);
    return () => {
      window.removeEventListener("pagehide", stop);
      window.removeEventListener("pageshow", again);
      stop();
    };
  }, [attempt, devices, kinds, taking, wanted]);
}
