import type { ReactNode } from "react";
import { MonitorX } from "lucide-react";
import { Statement } from "../../design/Statement";
import { enUnfit } from "../../i18n/enUnfit";
import { useWords } from "../../i18n/ui/Words";
import type { Lack } from "../fitness";
import "./identity.css";

/** A browser without what the meeting needs. Fetched by such a browser alone. */
export function UnfitBrowser(props: { readonly lacks: readonly Lack[] }): ReactNode {
  const t = useWords().part(enUnfit);
  if (props.lacks.includes("secure-context")) {
    return (
      <Statement kind="unprotected" sign={<MonitorX className="statement-sign" aria-hidden />} title={t("address")}>
        <p>{t("address.more")}</p>
        <p>{t("address.next")}</p>
      </Statement>
    );
  }
  return (
    <Statement kind="unfit" sign={<MonitorX className="statement-sign" aria-hidden />} title={t("title")}>
      <p>{t("more")}</p>
      <ul className="statement-list">
        {props.lacks.map((lack) => (
          <li key={lack}>{t(`lack.${lack}`)}</li>
        ))}
      </ul>
      <p>{t("next")}</p>
    </Statement>
  );
}
