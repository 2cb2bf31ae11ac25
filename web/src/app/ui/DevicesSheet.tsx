import { useCallback, useEffect, type ReactNode } from "react";
import { Sheet } from "../../design/Sheet";
import { useWords } from "../../i18n/ui/Words";
import { DevicePickers } from "../../rooms/ui/DevicePreview";
import { MicrophoneCheck } from "./MicrophoneCheck";
import { useAttempt } from "./Told";
import { useReadable, useServices } from "./useServices";

/** Microphone, camera and speaker, changed while the meeting goes on. Opens no device that is not in use. */
export function DevicesSheet(props: {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const words = useWords();
  const { devices } = useServices();
  const attempt = useAttempt();
  const state = useReadable(devices.state);
  const level = useCallback(() => devices.level(), [devices]);
  useEffect(() => {
    attempt(() => devices.look());
  }, [attempt, devices]);
  return (
    <Sheet size="small" title={words.t("devices.title")} closeLabel={words.t("close")} onClose={props.onClose}>
      <DevicePickers
        devices={state}
        level={level}
        microphone={props.microphone}
        camera={props.camera}
        check={<MicrophoneCheck atOnce={false} />}
        onChoose={(kind, id) => {
          attempt(() => devices.choose(kind, id));
        }}
        onPlay={() => {
          attempt(() => devices.playTestSound());
        }}
        onLookAgain={() => {
          attempt(() => devices.again());
        }}
      />
      <p className="quiet">{words.t("devices.note")}</p>
    </Sheet>
  );
}
