/** The others of an interpreter's booth, as they show themselves to it; and the way to them. Fetched with the console. */
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { AudioLines } from "lucide-react";
import { Badge } from "../../design/controls";
import { consoleWordsOf } from "../../i18n/consoleWords";
import { useWords } from "../../i18n/ui/Words";
import type { BoothRoomNow } from "../../interpretation/boothRoom";
import type { Hands } from "../../interpretation/ui/console/sees";
import { Cell } from "../../kernel/store";
import type { Presence } from "../../rooms/model";
import { Picture } from "../../rooms/ui/Picture";
import type { OwnBoothRoom } from "../faces";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useReadable, useServices } from "./useServices";
import "./boothFaces.css";

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

/** Who is in the booth's own room, seen or not, and oneself as they see one. Nothing moves when somebody begins to talk. */
export function BoothFaces(props: { readonly sitting: Sitting; readonly room: BoothRoomNow | null }): ReactNode {
  const { t, words } = consoleWordsOf(useWords());
  const { seats } = props.sitting.snapshot;
  const { partners, own } = props.room ?? { partners: [], own: null };
  if (partners.length === 0 && own === null) return null;
  return (
    <section className="booth-faces" aria-label={t("room.faces")}>
      {partners.map((partner) => {
        const name = seats.find((seat) => seat.member === partner.member)?.name ?? "";
        return <Face key={partner.member} presence={partner} name={name} label={name} />;
      })}
      {own === null ? null : <Face mirrored presence={own} name={words.t("stage.you")} label={t("room.own")} />}
    </section>
  );
}

interface FaceProps {
  readonly presence: Presence;
  readonly name: string;
  readonly label: string;
  readonly mirrored?: boolean;
}

function Face({ presence: { camera, speaking }, name, label, mirrored = false }: FaceProps): ReactNode {
  const words = useWords();
  return (
    <figure className="booth-face" data-speaking={speaking || undefined} aria-label={label}>
      {camera === null ? null : <Picture whole mirrored={mirrored} stream={camera} />}
      <figcaption>
        <bdi>{name}</bdi>
        {speaking ? (
          <Badge>
            <AudioLines className="icon" aria-hidden />
            <span className="unseen">{words.t("stage.speaking")}</span>
          </Badge>
        ) : null}
      </figcaption>
    </figure>
  );
}
