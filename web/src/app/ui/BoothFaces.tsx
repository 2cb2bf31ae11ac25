/** The others of an interpreter's booth, as they show themselves to it; and the way to them. Fetched with the console. */
import { useEffect, useMemo, useState, type ReactNode } from "react";
import type { BoothRoomNow } from "../../interpretation/boothRoom";
import type { Hands } from "../../interpretation/ui/console/sees";
import { Cell } from "../../kernel/store";
import { Picture } from "../../rooms/ui/Picture";
import type { OwnBoothRoom } from "../faces";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useReadable, useServices } from "./useServices";

const NOT_YET = new Cell<BoothRoomNow | null>(null);

/** What one does in the booth's own room. */
export type InRoom = Pick<Hands, "talk" | "showToBooth" | "setPartnerLevel">;

/** The booth's own room, once its code is there, for as long as a console is open; and what one does in it. */
export function useBoothRoom(): { readonly room: BoothRoomNow | null; readonly hands: InRoom } {
  const services = useServices();
  const attempt = useAttempt();
  const [room, setRoom] = useState<OwnBoothRoom | null>(null);
  useEffect(() => {
    attempt(async () => {
      setRoom(await services.boothRoom());
    });
  }, [attempt, services]);
  useEffect(() => room?.enter(), [room]);
  const hands = useMemo(
    () => ({
      talk: (held: boolean) => room?.talk(held),
      showToBooth: (on: boolean) => room?.show(on),
      setPartnerLevel: (level: number) => room?.setLevel(level),
    }),
    [room],
  );
  return { room: useReadable(room?.state ?? NOT_YET), hands };
}

export function BoothFaces(props: { readonly sitting: Sitting; readonly room: BoothRoomNow | null }): ReactNode {
  const { seats } = props.sitting.snapshot;
  return props.room?.partners.map(({ member, camera }) =>
    camera === null ? null : (
      <figure key={member} className="own-sign" aria-label={seats.find((seat) => seat.member === member)?.name ?? ""}>
        <Picture whole stream={camera} />
      </figure>
    ),
  );
}
