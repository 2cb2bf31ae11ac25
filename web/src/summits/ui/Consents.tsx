import type { ReactNode } from "react";
import { DoorOpen, Handshake } from "lucide-react";
import type { MoveName, Snapshot } from "../../contract/parse";
import type { Party } from "../../kernel/ids";
import { Button } from "../../design/Button";
import { Notice } from "../../design/controls";
import { enConsents } from "../../i18n/enConsents";
import type { Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import type { Order } from "./offered";
import { formatWords, modeWords } from "./orderWords";

export interface ConsentsProps {
  readonly snapshot: Snapshot;
  /** The delegation one speaks for; null for whoever belongs to none. */
  readonly party: Party | null;
  readonly mayOrder: boolean;
  readonly onAgree: (order: Order) => void;
  readonly onWithdraw: (move: MoveName) => void;
}

/** What a delegation asked for and others have not yet agreed to. Fetched when there is such a thing. */
export function Consents(props: ConsentsProps): ReactNode {
  const words = useWords();
  const t = words.part(enConsents);
  const { delegations, consents, meeting } = props.snapshot;
  const namesOf = (parties: readonly string[]) =>
    words.list(delegations.filter((each) => parties.includes(each.id)).map((each) => each.name));
  return consents.map((consent) => {
    const mine = props.party !== null && consent.parties.includes(props.party);
    const missing = delegations
      .map((each): string => each.id)
      .filter((id) => !(consent.parties as readonly string[]).includes(id));
    const order: Order = {
      move: consent.move,
      argument: consent.argument,
      phase: meeting.phase,
      format: meeting.format,
    };
    return (
      <Notice
        key={`${consent.move}:${consent.argument ?? ""}`}
        tone="caution"
        icon={
          consent.move === "open_doors" ? (
            <DoorOpen className="icon" aria-hidden />
          ) : (
            <Handshake className="icon" aria-hidden />
          )
        }
      >
        <p>
          <strong>{askedFor(order, namesOf(consent.parties), words)}</strong>{" "}
          {mine || props.party === null
            ? t("mine", { delegations: namesOf(missing) })
            : t(props.mayOrder ? "yours" : "theirs")}
        </p>
        {props.mayOrder ? (
          <Button
            tone={mine ? "plain" : "primary"}
            onPress={() => {
              if (mine) props.onWithdraw(consent.move);
              else props.onAgree(order);
            }}
          >
            {t(mine ? "withdraw" : "agree")}
          </Button>
        ) : null}
      </Notice>
    );
  });
}

function askedFor(order: Order, delegations: string, words: Words): string {
  const t = words.part(enConsents);
  if (order.move === "change_format") {
    return t("change_format", { delegations, argument: formatWords(order.argument, words) });
  }
  if (order.move === "change_mode") {
    return t("change_mode", { delegations, argument: modeWords(order.argument, words) });
  }
  return t("open_doors", { delegations });
}
