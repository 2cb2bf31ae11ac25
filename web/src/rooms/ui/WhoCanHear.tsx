import type { ReactNode } from "react";
import { BadgeCheck, Eye, LockKeyhole, UserPlus } from "lucide-react";
import { Badge, Notice } from "../../design/controls";
import { Sheet } from "../../design/Sheet";
import { enWho } from "../../i18n/enWho";
import { useWords } from "../../i18n/ui/Words";
import "./who.css";

/** One who can hear. */
export interface Hearer {
  /** By their device's key. */
  readonly identity: string;
  readonly name: string;
  /** What they are, and whether they are in the room now. */
  readonly role: string;
  /** That they, or their device, have come since the code was compared. */
  readonly since: string | null;
}

export interface HearerGroup {
  readonly id: string;
  readonly name: string;
  readonly members: readonly Hearer[];
}

export interface WhoCanHearProps {
  /** By delegation, in protocol order. */
  readonly groups: readonly HearerGroup[];
  /** Members of the press who hear too and are in no group; 0 behind closed doors. */
  readonly press: number;
  /** Devices that can hear, or, before entering, will be able to. */
  readonly count: number;
  readonly entered: boolean;
  readonly host: string;
  /** The state of the keys. */
  readonly lock?: ReactNode;
  readonly onClose: () => void;
}

/** Everybody who can hear, by delegation, with what proves who they are. */
export function WhoCanHear(props: WhoCanHearProps): ReactNode {
  const words = useWords();
  const t = words.part(enWho);
  return (
    <Sheet title={t("who.title")} closeLabel={words.t("close")} onClose={props.onClose}>
      <p className="who-count">{countOf(props, words)}</p>
      {props.lock === undefined || props.lock === null ? null : <p className="who-lock">{props.lock}</p>}
      {props.groups.map((group) => (
        <section key={group.id} className="who-group" aria-label={group.name}>
          <h3>
            <bdi>{group.name}</bdi>
          </h3>
          {group.members.length === 0 ? <p className="quiet">{t("who.nobodyOf")}</p> : null}
          <ul>
            {group.members.map((member) => (
              <Line key={member.identity} member={member} delegation={group.name} />
            ))}
          </ul>
        </section>
      ))}
      {props.press === 0 ? null : (
        <section className="who-group" aria-label={words.t("party.press")}>
          <h3>{words.t("party.press")}</h3>
          <p className="with-icon">
            <Eye className="icon" aria-hidden />
            {t("who.press", { count: props.press })}
          </p>
        </section>
      )}
      <Host {...props} />
    </Sheet>
  );
}

function Line({ member, delegation }: { readonly member: Hearer; readonly delegation: string }): ReactNode {
  const t = useWords().part(enWho);
  return (
    <li>
      <span className="who-name">
        <strong>
          <bdi>{member.name}</bdi>
        </strong>
        <small>{member.role}</small>
        {member.since === null ? null : (
          <Badge tone="accent">
            <UserPlus className="icon" aria-hidden />
            {member.since}
          </Badge>
        )}
      </span>
      <span className="who-proof">
        <BadgeCheck className="icon" aria-hidden />
        <span>
          {t("who.accredited", { delegation })}
          <small className="figures">{t("who.device", { identity: spaced(member.identity) })}</small>
        </span>
      </span>
    </li>
  );
}

function Host({ host }: WhoCanHearProps): ReactNode {
  const t = useWords().part(enWho);
  return (
    <Notice live={false} icon={<LockKeyhole className="icon" aria-hidden />}>
      <p>{t("who.sealed", { host })}</p>
    </Notice>
  );
}

function countOf({ count, entered }: WhoCanHearProps, words: ReturnType<typeof useWords>): string {
  const t = words.part(enWho);
  if (entered) return count === 0 ? t("who.none") : t("who.count", { count });
  return count === 0 ? t("who.willNone") : t("who.willCount", { count });
}

/** The beginning of an identity in groups of four, as one reads it aloud. */
function spaced(identity: string): string {
  return (identity.slice(0, 12).match(/.{1,4}/gu) ?? []).join(" ");
}
