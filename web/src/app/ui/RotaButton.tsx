/** The way to all booths at a glance, for interpreters and chairs; fetched by them alone. */
import { lazy, type ReactNode } from "react";
import { Headphones } from "lucide-react";
import { Button } from "../../design/Button";
import { useSheet } from "../../design/useSheet";
import { enRota } from "../../i18n/enRota";
import { useWords } from "../../i18n/ui/Words";
import { rotaOf } from "../../interpretation/rota";
import { nameOfParty, type Sitting } from "./sitting";
import { useNow, useReadable, useServices } from "./useServices";

const RotaSheet = lazy(async () => ({ default: (await import("../../interpretation/ui/RotaSheet")).RotaSheet }));

/** @param as `control` beside the other controls, with a key; `link` among words. */
export function RotaButton({ sitting, as }: { readonly sitting: Sitting; readonly as: "control" | "link" }): ReactNode {
  const says = useWords().part(enRota);
  const { open, sheet } = useSheet((close) => <RotaNow sitting={sitting} onClose={close} />);
  const press = { label: says("title"), onPress: open };
  return (
    <>
      {as === "link" ? (
        <p>
          <Button tone="link" {...press}>
            {says("title")}
          </Button>
        </p>
      ) : (
        <Button tone="quiet" className="control" shortcut="o" {...press}>
          <Headphones className="icon" aria-hidden />
          <span className="keys-words">{says("short")}</span>
        </Button>
      )}
      {sheet}
    </>
  );
}

function RotaNow({ sitting, onClose }: { readonly sitting: Sitting; readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const { booth, interpretation } = useServices();
  const now = useReadable(booth.booths);
  const { booths, carries } = useReadable(interpretation.state);
  const { snapshot } = sitting;
  const rota = rotaOf({ seats: snapshot.seats, channels: snapshot.channels, now, heard: booths, carries });
  return (
    <RotaSheet rota={rota} now={useNow()} nameOf={(party) => nameOfParty(snapshot, party, words)} onClose={onClose} />
  );
}
