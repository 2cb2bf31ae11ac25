import type { ReactNode } from "react";
import { Fingerprint, LinkIcon, ShieldX } from "lucide-react";
import type { ErrorCode } from "../../contract/codes";
import { Button } from "../../design/Button";
import { Statement } from "../../design/Statement";
import { useWords } from "../../i18n/ui/Words";
import "./identity.css";

/** Nobody: the page was opened without an invitation. */
export function NoInvitation(): ReactNode {
  const words = useWords();
  return (
    <Statement sign={<LinkIcon className="statement-sign" aria-hidden />} title={words.t("welcome.nobody")}>
      <p>{words.t("welcome.nobody.more")}</p>
      <p className="quiet">{words.t("welcome.nobody.safe")}</p>
    </Statement>
  );
}

/** Something that takes a moment and needs nothing from the person. */
export function Proving(props: { readonly step: "enrolling" | "signing-in" | "opening" }): ReactNode {
  const words = useWords();
  const titles = {
    enrolling: "welcome.enrolling",
    "signing-in": "welcome.signingIn",
    opening: "welcome.opening",
  } as const;
  return (
    <Statement busy sign={<Fingerprint className="statement-sign" aria-hidden />} title={words.t(titles[props.step])}>
      <p role="status">
        {props.step === "opening"
          ? words.t("loading")
          : words.t(props.step === "enrolling" ? "welcome.enrolling.more" : "welcome.signingIn.more")}
      </p>
    </Statement>
  );
}

/** Refused for good: asking again changes nothing, and what to do is done elsewhere. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  "invitation_bad",
  "invitation_expired",
  "invitation_revoked",
  "invitation_used",
  "member_revoked",
  "principal_enrolled",
]);

/** A refusal: what happened, what is still safe, what to do. */
export function Refused(props: {
  readonly code: ErrorCode;
  readonly at: "sign-in" | "meeting";
  readonly onTryAgain: () => void;
}): ReactNode {
  const words = useWords();
  const trouble = words.error(props.code);
  return (
    <Statement
      sign={<ShieldX className="statement-sign" aria-hidden />}
      title={words.t(props.at === "sign-in" ? "welcome.refused" : "welcome.notOpened")}
    >
      <p role="alert">{trouble.happened}</p>
      <dl className="statement-facts" data-code={props.code}>
        <div>
          <dt>{words.t("welcome.safe")}</dt>
          <dd>{trouble.safe}</dd>
        </div>
        <div>
          <dt>{words.t("welcome.next")}</dt>
          <dd>{trouble.next}</dd>
        </div>
      </dl>
      {FINAL.has(props.code) ? null : (
        <Button tone="primary" large onPress={props.onTryAgain}>
          {words.t("tryAgain")}
        </Button>
      )}
      <p className="quiet">{words.t("welcome.code", { code: props.code })}</p>
    </Statement>
  );
}
