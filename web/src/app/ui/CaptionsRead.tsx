/** What is read of captions, and the menu in which one chooses it. */
import type { ReactNode } from "react";
import { Captions as CaptionsSign } from "lucide-react";
import { MenuButton } from "../../design/MenuButton";
import { enCaptions } from "../../i18n/enCaptions";
import { useWords } from "../../i18n/ui/Words";
import { readable } from "../../interpretation/captions";
import type { Identity } from "../../kernel/ids";
import "./captions.css";
import type { Sitting } from "./sitting";
import { useEndInSight } from "./useEndInSight";
import { useReadable, useServices } from "./useServices";

const OFF = "off";
/** How far from the end one still reads along, in px. */
const NEAR = 40;

/** The newest lines; the finished ones are read out to whoever reads by ear or by touch, the growing one is not. */
export function Reading({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const t = words.part(enCaptions);
  const { now, reads } = useReadable(useServices().captions.state);
  const lines = readable(reads === null ? [] : (now.get(reads) ?? []), preferenceOf(sitting));
  const newest = lines.at(-1);
  const end = useEndInSight(newest === undefined ? null : `${newest.line} ${newest.text}`, NEAR);
  if (reads === null) return null;
  const language = words.languageName(reads);
  const done = lines.filter((each) => each.done);
  const growing = lines.filter((each) => !each.done);
  return (
    <section className="captions" aria-label={t("title.in", { language })} lang={reads} dir="auto" tabIndex={0}>
      {lines.length === 0 ? (
        <p className="captions-none" lang={words.language} dir={words.dir}>
          {t("none", { language })}
        </p>
      ) : null}
      <div role="log" ref={end}>
        {done.map(({ line, text }) => (
          <p key={line}>{text}</p>
        ))}
      </div>
      {growing.map(({ line, text }) => (
        <p key={line} data-growing>
          {text}
        </p>
      ))}
    </section>
  );
}

export function CaptionsMenu({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const t = words.part(enCaptions);
  const { captions } = useServices();
  const { now, reads } = useReadable(captions.state);
  const prefer = preferenceOf(sitting);
  const nameOf = (who: Identity | undefined): string =>
    sitting.snapshot.seats.find(({ identity }) => identity === who)?.name ?? "";
  const written = [...now].filter(([, lines]) => lines.length > 0);
  const label = reads === null ? t("menu.off") : t("menu.in", { language: words.languageName(reads) });
  return (
    <MenuButton
      title={t("menu")}
      chosen={reads ?? OFF}
      choices={[
        { id: OFF, text: t("off"), detail: t("off.more") },
        ...written.map(([language, lines]) => ({
          id: language,
          text: words.languageName(language),
          detail: t("in.more", { name: nameOf(readable(lines, prefer).at(-1)?.by) }),
        })),
      ]}
      onChoose={(id) => {
        captions.read(written.find(([language]) => language === id)?.[0] ?? null);
      }}
      trigger={{
        className: reads === null ? "control" : "control captions-on",
        shortcut: "y",
        label,
        // Its sign is known from every television, and the line of controls is long.
        children: <CaptionsSign className="icon" aria-hidden />,
      }}
    />
  );
}

/** One's own delegation's captioner first, then in the order of the seats, the same on every device of a delegation. */
function preferenceOf({ snapshot, you }: Sitting): (who: Identity) => number {
  const order = snapshot.seats.toSorted(
    (one, other) => Number(other.party === you.party) - Number(one.party === you.party),
  );
  return (who) => order.findIndex(({ identity }) => identity === who);
}
