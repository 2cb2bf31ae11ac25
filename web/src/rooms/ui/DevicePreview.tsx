import { useEffect, useState, type ReactNode } from "react";
import { Camera, CircleAlert, Headphones, Mic, Play, VideoOff } from "lucide-react";
import { Button } from "../../design/Button";
import { Choice, Meter, Notice } from "../../design/controls";
import type { Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import type { Device, DeviceKind, DevicesState } from "../model";

import { Picture } from "./Picture";
import "./rooms.css";

export interface DevicePreviewProps {
  readonly devices: DevicesState;
  readonly level: () => number;
  /** Whether the camera is part of this role at all. */
  readonly camera: boolean;
  readonly onChoose: (kind: DeviceKind, id: string) => void;
  readonly onPlay: () => void;
  readonly onLookAgain: () => void;
  /** What opens them, where they are not opened by themselves. */
  readonly ask?: ReactNode;
  /** What is told of one's own microphone. */
  readonly check: ReactNode;
}

/** Camera, microphone and speaker before entering. Nothing of it leaves the device. */
export function DevicePreview(props: DevicePreviewProps): ReactNode {
  const words = useWords();
  const { devices } = props;
  const { preview } = devices;
  const seen = props.camera && preview !== null && preview.getVideoTracks().length > 0;
  return (
    <section className="preview" aria-label={words.t("devices.preview")}>
      {props.camera ? (
        <div className="preview-picture">
          {seen ? (
            <Picture mirrored stream={preview} label={words.t("devices.preview")} />
          ) : (
            <div className="tile-blank">
              <VideoOff aria-hidden />
              <span>{words.t("devices.preview.off")}</span>
              {props.ask}
            </div>
          )}
        </div>
      ) : (
        props.ask
      )}
      <LevelMeter level={props.level} />
      {props.check}
      <Troubles {...props} microphone />
      <Pickers {...props} microphone />
    </section>
  );
}

export interface DevicePickersProps extends DevicePreviewProps {
  /** Whether the microphone is part of this role at all. */
  readonly microphone: boolean;
}

/** The same choices without a picture, for the middle of the meeting. */
export function DevicePickers(props: DevicePickersProps): ReactNode {
  const heard = (props.devices.preview?.getAudioTracks().length ?? 0) > 0;
  return (
    <div className="preview">
      {props.microphone && heard ? <LevelMeter level={props.level} /> : null}
      {props.microphone && heard ? props.check : null}
      <Troubles {...props} />
      <Pickers {...props} />
    </div>
  );
}

function Troubles({ devices, microphone, camera, onLookAgain }: DevicePickersProps): ReactNode {
  const words = useWords();
  return (["microphone", "camera"] as const).map((kind) => {
    const trouble = devices.trouble[kind];
    if (trouble === null || !(kind === "camera" ? camera : microphone)) return null;
    return (
      <Notice key={kind} tone="caution" icon={<CircleAlert className="icon" aria-hidden />}>
        <p>
          <strong>{words.t(`trouble.${kind}.${trouble}`)}.</strong> {words.t(`trouble.${kind}.${trouble}.next`)}{" "}
          {words.t("devices.without")}
        </p>
        <Button onPress={onLookAgain}>{words.t("devices.again")}</Button>
      </Notice>
    );
  });
}

function Pickers({ devices, microphone, camera, onChoose, onPlay }: DevicePickersProps): ReactNode {
  const words = useWords();
  const picker = (kind: DeviceKind, list: readonly Device[], icon: ReactNode, empty: string) => (
    <Choice
      label={words.t(`devices.${kind}`)}
      icon={icon}
      value={devices.chosen[kind]}
      options={list.map((device) => ({ id: device.id, text: device.label }))}
      empty={empty}
      onChoose={(id) => {
        onChoose(kind, id);
      }}
    />
  );
  return (
    <div className="pickers">
      {microphone
        ? picker(
            "microphone",
            devices.microphones,
            <Mic className="icon" aria-hidden />,
            words.t("devices.microphone.none"),
          )
        : null}
      {camera
        ? picker("camera", devices.cameras, <Camera className="icon" aria-hidden />, words.t("devices.camera.none"))
        : null}
      <SpeakerPicker
        picker={picker(
          "speaker",
          devices.speakers,
          <Headphones className="icon" aria-hidden />,
          words.t("devices.speaker.default"),
        )}
        onPlay={onPlay}
      />
    </div>
  );
}

/** Choice of speaker beside the button that tries it; the press hears too. */
export function SpeakerPicker(props: { readonly picker: ReactNode; readonly onPlay: () => void }): ReactNode {
  const words = useWords();
  return (
    <div className="speaker">
      {props.picker}
      <Button onPress={props.onPlay}>
        <Play className="icon turns" aria-hidden />
        {words.t("devices.play")}
      </Button>
    </div>
  );
}

const QUIETEST = -60;

function LevelMeter({ level }: { readonly level: () => number }): ReactNode {
  const words = useWords();
  const [decibels, setDecibels] = useState(-100);
  useEffect(() => {
    const timer = setInterval(() => {
      setDecibels(level());
    }, 100);
    return () => {
      clearInterval(timer);
    };
  }, [level]);
  const share = Math.min(1, Math.max(0, (decibels - QUIETEST) / -QUIETEST));
  return (
    <div className="microphone-level">
      <Mic className="icon" aria-hidden />
      <Meter label={words.t("devices.level")} value={share} />
      <span className="microphone-words">{levelWords(decibels, words)}</span>
    </div>
  );
}

function levelWords(decibels: number, words: Words): string {
  if (decibels < -55) return words.t("devices.level.silent");
  if (decibels < -40) return words.t("devices.level.low");
  return words.t(decibels > -6 ? "devices.level.loud" : "devices.level.good");
}
