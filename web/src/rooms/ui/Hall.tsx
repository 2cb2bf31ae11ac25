import type { CSSProperties, ReactNode } from "react";
import { FileText } from "lucide-react";
import type { Presence } from "../model";
import { useWords } from "../../i18n/ui/Words";
import { Picture } from "./Picture";
import { Tile, type TileProps } from "./Tile";
import "./rooms.css";

export type HallTile = Omit<TileProps, "presence">;

export interface HallProps {
  /** In protocol order. */
  readonly tiles: readonly HallTile[];
  readonly presences: readonly Presence[];
  readonly nameOf: (member: string) => string;
  readonly empty: string;
  /** One line over the tiles while nobody is seen by design. */
  readonly note: string | null;
}

/** The tiles, all of one size whoever speaks; above them a paper while one is shown. */
export function Hall(props: HallProps): ReactNode {
  const words = useWords();
  const paper = props.presences.find((presence) => presence.screen !== null);
  const count = Math.max(1, props.tiles.length);
  const columns = count <= 3 ? count : Math.ceil(Math.sqrt(count));
  const showing = props.tiles.find((tile) => tile.seat?.member === paper?.member);
  return (
    <div className="hall" data-paper={paper === undefined ? undefined : true}>
      {props.note === null ? null : <p className="hall-note">{props.note}</p>}
      {paper === undefined || paper.screen === null ? null : (
        <figure className="paper">
          <Picture whole stream={paper.screen} />
          <figcaption>
            <FileText className="icon" aria-hidden />
            {showing?.you ? words.t("stage.paper.own") : words.t("stage.paper", { name: props.nameOf(paper.member) })}
          </figcaption>
        </figure>
      )}
      {props.tiles.length === 0 ? <p className="hall-empty">{props.empty}</p> : null}
      <div className="tiles" data-count={count} style={{ "--columns": columns } as CSSProperties}>
        {props.tiles.map((tile) => (
          <Tile
            key={tile.seat?.member ?? tile.delegation}
            {...tile}
            presence={props.presences.find((presence) => presence.member === tile.seat?.member) ?? null}
          />
        ))}
      </div>
    </div>
  );
}
