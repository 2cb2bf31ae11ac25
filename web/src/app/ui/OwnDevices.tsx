/** One's own microphone, camera and speaker during the meeting: the button, and trouble with them. */
import { lazy, type ReactNode } from "react";
import { CircleAlert, SlidersHorizontal } from "lucide-react";
import { Button } from "../../design/Button";
import { Notice } from "../../design/controls";
import { useSheet } from "../../design/useSheet";
import { useWords } from "../../i18n/ui/Words";
import type { CallState, RoomName } from "../../rooms/model";
import { grantedTo } from "./hearers";
import { offeredTo } from "./offers";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useReadable, useServices } from "./useServices";

const DevicesSheet = lazy(async () => ({ default: (await import("./DevicesSheet")).DevicesSheet }));

/** The button behind which microphone, camera and speaker are changed during the meeting. */
export function OwnDevices(props: { readonly sitting: Sitting; readonly room: RoomName }): ReactNode {
  const words = useWords();
  const { open, sheet } = useSheet((close) => (
    <DevicesSheet {...captures(props.sitting, props.room)} onClose={close} />
  ));
  return (
    <>
      <Button tone="quiet" className="control" shortcut="d" label={words.t("controls.devices")} onPress={open}>
        <SlidersHorizontal className="icon" aria-hidden />
        <span className="keys-words">{words.t("controls.devices")}</span>
      </Button>
      {sheet}
    </>
  );
}

/** Which devices are part of a role in a room; everybody who hears has a speaker. */
function captures(sitting: Sitting, room: RoomName): { readonly microphone: boolean; readonly camera: boolean } {
  const offered = offeredTo(sitting, room);
  const booth = room === "chamber" && sitting.you.role === "interpreter";
  return { microphone: booth || offered.includes("microphone"), camera: offered.includes("camera") };
}

/** Says at once when a device that is wanted is not there, and offers both ways on: another device, or none. */
export function DeviceTrouble({ sitting, call }: { readonly sitting: Sitting; readonly call: CallState }): ReactNode {
  const words = useWords();
  const services = useServices();
  const attempt = useAttempt();
  const { trouble } = useReadable(services.devices.state);
  const booth = sitting.you.role === "interpreter";
  const signs =
    booth && call.seating.at === "seated" && call.seating.room === "chamber" && grantedTo(call).includes("camera");
  const needed = { microphone: booth, camera: signs };
  return (["microphone", "camera"] as const).map((kind) => {
    const what = trouble[kind];
    const wanted = call.wished[kind] || needed[kind];
    if (what === null || !wanted) return null;
    return (
      <Notice key={kind} tone="caution" icon={<CircleAlert className="icon" aria-hidden />}>
        <p>
          <strong>{words.t(`trouble.${kind}.${what}`)}.</strong> {words.t(`trouble.${kind}.${what}.next`)}
        </p>
        <Button
          onPress={() => {
            attempt(() => services.devices.again());
          }}
        >
          {words.t("devices.again")}
        </Button>
        {needed[kind] ? null : (
          <Button
            onPress={() => {
              attempt(() => services.call.send(kind, false));
            }}
          >
            {words.t(`devices.goWithout.${kind}`)}
          </Button>
        )}
      </Notice>
    );
  });
}
