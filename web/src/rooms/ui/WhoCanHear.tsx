import type { ReactNode } from "react";
import { BadgeCheck, Eye, Server } from "lucide-react";
import type { Seat } from "../../contract/parse";
import { Notice } from "../../design/controls";
import { Sheet } from "../../design/Sheet";
import { useWords } from "../../i18n/ui/Words";

export interface HearerGroup {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly seat: Seat; readonly role: string; readonly here: boolean }[];
}

export interface WhoCanHearProps {
  /** By delegation, in protocol order. */
  readonly groups: readonly HearerGroup[];
  /** Members of the press who hear too; 0 behind closed doors. */
  readonly press: number;
  /** Devices that can hear, or, before entering, will be able to. */
  readonly count: number;
  readonly entered: boolean;
  readonly host: string;
  readonly onClose: () => void;
}

/** Everybody who can hear, by delegation, with what proves who they are. */
export function WhoCanHear(props: WhoCanHearProps): ReactNode {
  const words = useWords();
  return (
    <Sheet title={words.t("who.title")} closeLabel={words.t("close")} onClose={props.onClose}>
      <p className="who-count">{countOf(props, words)}</p>
      {props.groups.map((group) => (
        <section key={group.id} className="who-group" aria-label={group.name}>
          <h3>
            <bdi>{group.name}</bdi>
          </h3>
          {group.members.length === 0 ? <p className="quiet">{words.t("who.nobodyOf")}</p> : null}
          <ul>
            {group.members.map(({ seat, role, here }) => (
              <li key={seat.member}>
                <span className="who-name">
                  <strong>
                    <bdi>{seat.name}</bdi>
                  </strong>
                  <small>{here ? role : words.t("who.notHere", { role })}</small>
                </span>
                <span className="who-proof">
                  <BadgeCheck className="icon" aria-hidden />
                  <span>
                    {words.t("who.accredited", { delegation: group.name })}
                    <small className="figures">{words.t("who.device", { identity: spaced(seat.identity) })}</small>
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {props.press === 0 ? null : (
        <section className="who-group" aria-label={words.t("party.press")}>
          <h3>{words.t("party.press")}</h3>
          <p className="with-icon">
            <Eye className="icon" aria-hidden />
            {words.t("who.press", { count: props.press })}
          </p>
        </section>
      )}
      <Notice live={false} icon={<Server className="icon" aria-hidden />}>
        <p>
          {words.t("who.host", { host: props.host })} {words.t("who.unsealed")}
        </p>
      </Notice>
    </Sheet>
  );
}

function countOf({ count, entered }: WhoCanHearProps, words: ReturnType<typeof useWords>): string {
  if (entered) return count === 0 ? words.t("who.none") : words.t("who.count", { count });
  return count === 0 ? words.t("who.willNone") : words.t("who.willCount", { count });
}

/** The beginning of an identity in groups of four, as one reads it aloud. */
function spaced(identity: string): string {
  return (identity.slice(0, 12).match(/.{1,4}/gu) ?? []).join(" ");
}
