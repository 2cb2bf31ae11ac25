/** What chairs are told of the interpretation, and the way to arrange it. Fetched for chairs alone. */
import type { ReactNode } from "react";
import { CircleAlert } from "lucide-react";
import { Notice } from "../../design/controls";
import { enArranging } from "../../i18n/enArranging";
import { useWords } from "../../i18n/ui/Words";
import { mayAsk } from "../../summits";
import { ArrangingButton } from "./ArrangingButton";
import { nameOfParty, type Sitting } from "./sitting";
import "./arrangingPanel.css";

/** The way to the sheet while nothing waits; beside the agenda, for there is no room for a line of its own. */
export function ArrangingLink({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const says = useWords().part(enArranging);
  return (
    <ArrangingButton sitting={sitting} label={says("open")}>
      {says("title")}
    </ArrangingButton>
  );
}

/** What waits for delegations, said when it comes; and that what the server shows is not signed. */
export function ArrangingPanel({ sitting }: { readonly sitting: Sitting }): ReactNode {
  return (
    <>
      <Unsigned sitting={sitting} />
      <Proposed sitting={sitting} />
    </>
  );
}

/** To interpreters and chairs: the server shows an arrangement that is not believed. */
export function Unsigned({ sitting: { snapshot, you } }: { readonly sitting: Sitting }): ReactNode {
  const says = useWords().part(enArranging);
  const concerned = you.role === "interpreter" || mayAsk("arrange_channels", you, snapshot.meeting);
  if (!snapshot.isDoubtful || !concerned) return null;
  return (
    <Notice tone="caution" icon={<CircleAlert className="icon" aria-hidden />}>
      <p>{says("unsigned")}</p>
    </Notice>
  );
}

function Proposed({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const says = words.part(enArranging);
  const { arrangement, delegations, meeting } = sitting.snapshot;
  if (!mayAsk("arrange_channels", sitting.you, meeting)) return null;
  const proposer = arrangement?.parties[0];
  if (arrangement === null || proposer === undefined) return null;
  const isOwn = arrangement.parties.includes(sitting.you.party);
  const waits = delegations.filter(({ id }) => !arrangement.parties.includes(id)).map(({ name }) => name);
  return (
    <section className="panel arranging-panel" aria-labelledby="arranging-title" data-asks={!isOwn || undefined}>
      <div className="panel-head">
        <h2 id="arranging-title" className="eyebrow">
          {says("title")}
        </h2>
        <ArrangingButton sitting={sitting} label={says("look")}>
          {says("look.short")}
        </ArrangingButton>
      </div>
      <p role="status">
        {isOwn
          ? says("waiting", { delegations: words.list(waits) })
          : says("asked", { delegation: nameOfParty(sitting.snapshot, proposer, words) })}
      </p>
    </section>
  );
}
