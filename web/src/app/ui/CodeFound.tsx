/** What the others found when the code was read: theirs, with the name that their keys prove. */
import type { ReactNode } from "react";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { enCode } from "../../i18n/enCode";
import { useWords } from "../../i18n/ui/Words";
import { warnerOf } from "../../keys";
import { nameOfParty, type Sitting } from "./sitting";
import { useReadable, useServices } from "./useServices";

const SIGNS = { match: ShieldCheck, mismatch: ShieldAlert } as const;

/** One line for each who has said it; nothing while nobody has. */
export function CodeFound({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const t = words.part(enCode);
  const { findings } = useReadable(useServices().gestures.state);
  const warner = warnerOf(findings);
  return (
    <div role="status">
      {findings.length === 0 ? null : (
        <section className="code-found" aria-labelledby="code-found-title">
          <h3 id="code-found-title" className="eyebrow">
            {t("found")}
          </h3>
          <ul>
            {findings.map(({ from, finding, epoch, at }) => {
              const Sign = SIGNS[finding];
              const delegation = nameOfParty(sitting.snapshot, from.party, words);
              return (
                <li key={from.identity}>
                  <Sign className="icon" aria-hidden />
                  <span>{t(`found.${finding}`, { name: from.name, delegation, epoch, time: words.clock(at) })}</span>
                </li>
              );
            })}
          </ul>
          {warner === null ? null : <p>{words.t("keys.warned.text", { name: warner.name })}</p>}
        </section>
      )}
    </div>
  );
}
