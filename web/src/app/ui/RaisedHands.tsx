import type { ReactNode } from "react";
import { Hand } from "lucide-react";
import { Badge } from "../../design/controls";
import { useWords } from "../../i18n/ui/Words";
import type { Holder } from "../../keys";
import { useChamberStanding } from "./ceremony";
import { nameOfParty, type Sitting } from "./sitting";
import { useReadable, useServices } from "./useServices";

type Member = Holder["member"];

/** Whose hand is up, first come first, by the names that the keys prove. Nothing while nobody's is. */
export function RaisedHands({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const { gestures } = useServices();
  const { hands } = useReadable(gestures.state);
  const roster = useChamberStanding()?.roster ?? [];
  const raised = hands.flatMap((identity) => {
    const holder = roster.find(({ member }) => member.identity === identity);
    return holder === undefined ? [] : [holder.member];
  });
  return (
    <>
      <span className="unseen" role="status">
        {raised.length === 0 ? "" : words.t("hand.told", { names: words.list(raised.map(({ name }) => name)) })}
      </span>
      {raised.length === 0 ? null : <Hands raised={raised} sitting={sitting} />}
    </>
  );
}

function Hands({ raised, sitting }: { readonly raised: readonly Member[]; readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  return (
    <section className="hands" aria-labelledby="hands-title">
      <h2 id="hands-title" className="eyebrow">
        {words.t("hand.title")}
      </h2>
      <ol>
        {raised.map(({ identity, name, party }) => (
          <li key={identity}>
            <Badge>
              <Hand className="icon" aria-hidden />
              {identity === sitting.you.identity
                ? words.t("hand.you", { name })
                : words.t("hand.from", { name, delegation: nameOfParty(sitting.snapshot, party, words) })}
            </Badge>
          </li>
        ))}
      </ol>
    </section>
  );
}
