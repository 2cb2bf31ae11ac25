/** Whispered interpretation at either end of it: asking for it, answering, and what to know while it lasts. Fetched where there are interpreters. */
import type { ReactNode } from "react";
import { Ear } from "lucide-react";
import { Button } from "../../design/Button";
import { KeyOn, Notice } from "../../design/controls";
import { MenuButton } from "../../design/MenuButton";
import { enWhisper } from "../../i18n/enWhisper";
import { useWords } from "../../i18n/ui/Words";
import { type Whisper as Whispered, whisperersFor } from "../../interpretation/whisper";
import type { Identity } from "../../kernel/ids";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useReadable, useServices } from "./useServices";

interface WhisperProps {
  readonly sitting: Sitting;
}

/** One key for whatever there is to do first: ask, say yes, end it. The console has given every letter away. */
const KEY = "0";
/** Says no, as it takes back what is written. */
const NO = { key: "backspace", sign: "⌫" } as const;

export function Whisper({ sitting }: WhisperProps): ReactNode {
  const whispers = useReadable(useServices().booth.whispers);
  const own = sitting.you.identity;
  const one =
    whispers.find(({ by, to, on }) => (by === own && on) || to === own) ?? whispers.find(({ by }) => by === own);
  return one === undefined ? <Asking sitting={sitting} /> : <One sitting={sitting} whisper={one} />;
}

/** Whom one could ask, where there is anybody. */
function Asking({ sitting: { snapshot, you } }: WhisperProps): ReactNode {
  const words = useWords();
  const t = words.part(enWhisper);
  const { booth } = useServices();
  const attempt = useAttempt();
  const whispers = useReadable(booth.whispers);
  const offered = whisperersFor(you, snapshot).filter(({ by }) => !whispers.some((each) => each.by === by && each.on));
  if (offered.length === 0) return null;
  return (
    <div className="whisper-ask">
      <MenuButton
        title={t("title")}
        choices={offered.map(({ by, into }) => ({
          id: `${by} ${into}`,
          text: nameOf(by, snapshot.seats),
          detail: t("into", { language: words.languageName(into) }),
        }))}
        onChoose={(id) => {
          const chosen = offered.find(({ by, into }) => id === `${by} ${into}`);
          if (chosen !== undefined) attempt(() => booth.whisper("ask", chosen));
        }}
        trigger={{
          className: "control",
          shortcut: KEY,
          label: t("ask"),
          children: (
            <>
              <Ear className="icon" aria-hidden />
              <span>{t("ask")}</span>
            </>
          ),
        }}
      />
    </div>
  );
}

/** What is asked for, or goes on, between oneself and somebody. */
function One({ sitting, whisper }: WhisperProps & { readonly whisper: Whispered }): ReactNode {
  const words = useWords();
  const t = words.part(enWhisper);
  const { by, to, into, on } = whisper;
  const isBy = by === sitting.you.identity;
  const named = {
    name: nameOf(isBy ? to : by, sitting.snapshot.seats),
    language: words.languageName(into),
  };
  const state = isBy ? (on ? "whispers" : "wanted") : on ? "hears" : "asked";
  return (
    <div className="whisper">
      <Notice tone={state === "asked" ? "calm" : "caution"} icon={<Ear className="icon" aria-hidden />}>
        <p>
          <strong>{t(state, named)}</strong> {state === "wanted" ? `${t("wanted.more")} ` : ""}
          {t("fence")}
        </p>
        <Ways whisper={whisper} state={state} />
      </Notice>
    </div>
  );
}

function Ways(props: {
  readonly whisper: Whispered;
  readonly state: "whispers" | "wanted" | "hears" | "asked";
}): ReactNode {
  const { whisper, state } = props;
  const t = useWords().part(enWhisper);
  const { booth } = useServices();
  const attempt = useAttempt();
  const tell = (does: "accept" | "end") => (): void => {
    attempt(() => booth.whisper(does, whisper));
  };
  if (state !== "wanted") {
    return (
      <Button shortcut={KEY} label={t(`${state}.end`)} onPress={tell("end")}>
        {t(`${state}.end`)}
        {state === "whispers" ? <KeyOn>{KEY}</KeyOn> : null}
      </Button>
    );
  }
  return (
    <>
      <Button tone="accent" shortcut={KEY} label={t("wanted.yes")} onPress={tell("accept")}>
        {t("wanted.yes")}
        <KeyOn>{KEY}</KeyOn>
      </Button>
      <Button shortcut={NO.key} label={t("wanted.no")} onPress={tell("end")}>
        {t("wanted.no")}
        <KeyOn>{NO.sign}</KeyOn>
      </Button>
    </>
  );
}

function nameOf(who: Identity, seats: Sitting["snapshot"]["seats"]): string {
  return seats.find(({ identity }) => identity === who)?.name ?? "";
}
