import type { ReactNode } from "react";
import { Wrench } from "lucide-react";
import { Notice } from "../../design/controls";
import { useWords } from "../../i18n/ui/Words";
import type { Sitting } from "./sitting";
import { useReadable, useServices } from "./useServices";

/** Tells those of a delegation who can help that an interpreter of theirs calls for the technician. Principals are spared. */
export function TechnicianCalled({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const words = useWords();
  const { calling } = useReadable(useServices().booth.booths);
  const { snapshot, you } = sitting;
  if (you.role === "principal") return null;
  const names = snapshot.seats
    .filter((seat) => seat.party === you.party && seat.member !== you.member && calling.has(seat.identity))
    .map((seat) => seat.name);
  if (names.length === 0) return null;
  return (
    <Notice tone="caution" icon={<Wrench className="icon" aria-hidden />}>
      <p>{words.t("booth.calls", { names: words.list(names) })}</p>
    </Notice>
  );
}
