import type { ReactNode } from "react";
import { AudioLines, Hand, MicOff, MicVocal, SignalLow, UserRound, VideoOff } from "lucide-react";
import type { Seat } from "../../contract/parse";
import { Badge } from "../../design/controls";
import { useWords } from "../../i18n/ui/Words";
import type { Presence } from "../model";
import { Picture } from "./Picture";

export interface TileProps {
  /** Null while the delegation has accredited nobody for this tile: its place is kept, at the same size. */
  readonly seat: Seat | null;
  readonly delegation: string;
  /** Null among one's own, where the delegation goes without saying. */
  readonly place: string | null;
  readonly role: string;
  readonly presence: Presence | null;
  readonly you: boolean;
  readonly inside: boolean;
  /** Whether their hand is up. */
  readonly hand: boolean;
  /** Seconds with the floor; null for whoever has it not. */
  readonly floorSeconds: number | null;
  /** False while nobody is seen by anybody, so that an empty tile is no sign of absence. */
  readonly shown: boolean;
}

/** One person: picture or its placeholder, name as accredited, delegation and role. Always the same size as the next. */
export function Tile(props: TileProps): ReactNode {
  const words = useWords();
  const { seat, presence } = props;
  const camera = presence?.camera ?? null;
  const hasFloor = props.floorSeconds !== null;
  return (
    <figure
      className="tile"
      data-tile={seat?.member}
      data-floor={hasFloor || undefined}
      data-speaking={presence?.speaking || undefined}
      aria-label={
        seat === null ? props.delegation : words.t("tile.label", { name: seat.name, delegation: props.delegation })
      }
    >
      <div className="tile-head">
        {props.place === null ? null : (
          <>
            <strong>
              <bdi>{props.delegation}</bdi>
            </strong>
            <span>{words.t("stage.place", { place: props.place })}</span>
          </>
        )}
      </div>
      <div className="tile-frame">
        {camera === null ? <Placeholder {...props} /> : <Picture stream={camera} />}
        <figcaption>
          <span className="tile-name">
            <strong>
              <bdi>{seat?.name ?? words.t("stage.noPrincipal")}</bdi>
            </strong>
            <small>{props.you ? `${props.role} · ${words.t("stage.you")}` : props.role}</small>
          </span>
          <span className="tile-badges">
            <Signs {...props} />
          </span>
        </figcaption>
      </div>
    </figure>
  );
}

function Placeholder(props: TileProps): ReactNode {
  const words = useWords();
  const absent = !props.inside;
  if (props.seat === null || (!props.shown && !absent)) {
    return (
      <div className="tile-blank">
        <UserRound aria-hidden />
      </div>
    );
  }
  return (
    <div className="tile-blank">
      {absent ? <UserRound aria-hidden /> : <VideoOff aria-hidden />}
      <span>{words.t(absent ? "stage.notIn" : "stage.cameraOff")}</span>
    </div>
  );
}

function Signs({ presence, floorSeconds, you, shown, hand }: TileProps): ReactNode {
  const words = useWords();
  const weak = presence !== null && (presence.connection === "poor" || presence.connection === "lost");
  return (
    <>
      {weak ? (
        <Badge>
          <SignalLow className="icon" aria-hidden />
          {words.t(presence.connection === "lost" ? "stage.lost" : "stage.poor")}
        </Badge>
      ) : null}
      {hand ? (
        <Badge>
          <Hand className="icon" aria-hidden />
          {words.t("hand.up")}
        </Badge>
      ) : null}
      {shown && presence?.microphone === "off" ? (
        <Badge>
          <MicOff className="icon" aria-hidden />
          <span className="tile-off">{words.t("stage.microphoneOff")}</span>
        </Badge>
      ) : null}
      {floorSeconds === null ? null : (
        <Badge tone="accent">
          <MicVocal className="icon" aria-hidden />
          {words.t(you ? "stage.youHaveFloor" : "stage.hasFloor")}
          <span className="figures">{words.span(floorSeconds)}</span>
        </Badge>
      )}
      {presence?.speaking && floorSeconds === null ? (
        <Badge>
          <AudioLines className="icon" aria-hidden />
          {words.t("stage.speaking")}
        </Badge>
      ) : null}
    </>
  );
}
