import { useEffect, useState, type ReactNode } from "react";
import type { Enrolled } from "../../contract/parse";
import { TableHead } from "../../design/TableHead";
import { enLobby } from "../../i18n/enLobby";
import { useWords } from "../../i18n/ui/Words";
import { roleOf } from "../../summits/ui/roles";
import { useAttempt } from "./Told";
import { useServices } from "./useServices";

/** Everybody who used an invitation of one's own party: when, on which device, and whether it still holds. */
export function WhoEnrolled(): ReactNode {
  const words = useWords();
  const t = words.part(enLobby);
  const { registry } = useServices();
  const attempt = useAttempt();
  const [lines, setLines] = useState<readonly Enrolled[] | null>(null);
  useEffect(() => {
    attempt(async () => {
      setLines(await registry.enrolments());
    });
  }, [attempt, registry]);
  if (lines === null) return <p role="status">{words.t("loading")}</p>;
  if (lines.length === 0) return <p role="status">{t("enrolled.none")}</p>;
  const heads = ["enrolled.name", "enrolled.role", "enrolled.since", "enrolled.state", "enrolled.device"] as const;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t("enrolled.title")}>
      <table>
        <caption className="unseen">{t("enrolled.title")}</caption>
        <TableHead heads={heads.map((head) => t(head))} />
        <tbody>
          {lines.map((line) => (
            <tr key={line.serial} data-revoked={line.revoked !== null || undefined}>
              <th scope="row">
                <bdi>{line.name}</bdi>
              </th>
              <td>{roleOf(line, words)}</td>
              <td>{words.day(line.enrolled)}</td>
              <td>
                {line.revoked === null ? t("enrolled.valid") : `${t("enrolled.withdrawn")}, ${words.day(line.revoked)}`}
              </td>
              <td className="figures">{line.identity}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
