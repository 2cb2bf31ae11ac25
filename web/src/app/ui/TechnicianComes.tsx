import type { ReactNode } from "react";
import { Wrench } from "lucide-react";
import { Notice } from "../../design/controls";
import { enTechnician } from "../../i18n/enTechnician";
import { useWords } from "../../i18n/ui/Words";
import type { Sitting } from "./sitting";
import { useReadable, useServices } from "./useServices";

/** Tells whoever has called for the technician that somebody is on the way. */
export function TechnicianComes({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const says = useWords().part(enTechnician);
  const { coming } = useReadable(useServices().watch.state);
  const { snapshot, you } = sitting;
  const technician = snapshot.seats.find(({ identity }) => identity === coming.get(you.identity));
  if (technician === undefined) return null;
  return (
    <Notice tone="calm" icon={<Wrench className="icon" aria-hidden />}>
      <p>{says("coming", { technician: technician.name })}</p>
    </Notice>
  );
}
