/** A document as it is read: text and pictures here, a PDF by the browser's own reader in a tab of its own. */
import { useEffect, useState, type ReactNode } from "react";
import { ExternalLink } from "lucide-react";
import { Toggle } from "../../../design/Button";
import { Sheet } from "../../../design/Sheet";
import { enDocuments } from "../../../i18n/enDocuments";
import { useWords } from "../../../i18n/ui/Words";
import type { Opened } from "../../documents/kinds";

interface ReadProps<Kind extends Opened> {
  readonly name: string;
  readonly opened: Kind;
}

export function ReadSheet(props: ReadProps<Opened> & { readonly onClose: () => void }): ReactNode {
  const { name, opened } = props;
  const words = useWords();
  return (
    <Sheet size="side" title={name} closeLabel={words.t("close")} onClose={props.onClose}>
      <div className="reading">{shown(name, opened)}</div>
    </Sheet>
  );
}

function shown(name: string, opened: Opened): ReactNode {
  switch (opened.as) {
    case "text":
      return <Text name={name} opened={opened} />;
    case "picture":
      return <Drawn name={name} opened={opened} />;
    case "paper":
      return <Paper name={name} opened={opened} />;
  }
}

function Text({ opened: { text, whole } }: ReadProps<Extract<Opened, { as: "text" }>>): ReactNode {
  const t = useWords().part(enDocuments);
  return (
    <>
      {whole ? null : <p className="quiet">{t("read.cut")}</p>}
      <div className="reading-text" dir="auto">
        {text}
      </div>
    </>
  );
}

/** An address for a blob, good for as long as it is shown: what is left behind opens nothing. */
function useAddress(blob: Blob): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    // oxlint-disable-next-line react/set-state-in-effect -- an address is the browser's to give, and is ended with the effect
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [blob]);
  return address;
}

function Drawn({ name, opened }: ReadProps<Extract<Opened, { as: "picture" }>>): ReactNode {
  const t = useWords().part(enDocuments);
  const address = useAddress(opened.blob);
  const [state, setState] = useState<"opening" | "seen" | "broken">("opening");
  const [large, setLarge] = useState(false);
  return (
    <>
      <p role="status">{state === "seen" ? null : t(state === "opening" ? "opening" : "read.broken", { name })}</p>
      {state === "seen" ? (
        <div>
          <Toggle label={t("picture.large")} on={large} onChange={setLarge}>
            {t("picture.large")}
          </Toggle>
        </div>
      ) : null}
      {address === null || state === "broken" ? null : (
        <img
          className="reading-picture"
          data-large={large || undefined}
          src={address}
          alt={name}
          onLoad={() => {
            setState("seen");
          }}
          onError={() => {
            setState("broken");
          }}
        />
      )}
    </>
  );
}

/** Not opened by itself: a tab that nobody's press asks for at that moment is one that browsers keep from opening. */
function Paper({ name, opened }: ReadProps<Extract<Opened, { as: "paper" }>>): ReactNode {
  const t = useWords().part(enDocuments);
  const address = useAddress(opened.blob);
  if (address === null) return null;
  return (
    <>
      <a className="button" data-tone="primary" href={address} target="_blank" rel="noopener noreferrer">
        <ExternalLink className="icon" aria-hidden />
        {t("paper.open")}
      </a>
      <p className="quiet">{t("paper.note", { name })}</p>
    </>
  );
}
