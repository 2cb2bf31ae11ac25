/** The shift: who has the microphone for how long, and who is in the booth. */
import type { ReactNode } from "react";
import type { ConsoleWords } from "../../../i18n/consoleWords";
import type { Partner } from "../../model";
import { nameOf, type Sees, SHIFT, shiftOf } from "./sees";

/** The clock down to handover, and the partners. Where there is no booth's microphone there is no shift at it; without a booth, neither. */
export function Shift({ sees, say, children }: { sees: Sees; say: ConsoleWords; children: ReactNode }): ReactNode {
  const { desk, turn } = sees;
  if (desk.booth === null) return null;
  const holder = turn === null ? desk.now.holder : null;
  return (
    <section className="panel shift" aria-labelledby="shift-title">
      <h2 id="shift-title" className="eyebrow">
        {say.t(turn === null ? "shift" : "partners")}
      </h2>
      {turn === null ? <ShiftClock sees={sees} say={say} /> : null}
      {children}
      <ul className="partners">
        {desk.partners.map((partner) => (
          <PartnerLine key={partner.identity} partner={partner} holds={holder === partner.identity} say={say} />
        ))}
        {desk.partners.length === 0 ? <li className="quiet">{say.t("partner.alone")}</li> : null}
      </ul>
    </section>
  );
}

function ShiftClock({ sees, say: { t, words } }: { sees: Sees; say: ConsoleWords }): ReactNode {
  const shift = shiftOf(sees);
  const { own, now } = sees.desk;
  if (shift === null) return <p className="quiet">{t("shift.free")}</p>;
  return (
    <p className="shift-clock" data-over={shift >= SHIFT || undefined}>
      <strong className="figures">{words.span(Math.abs(SHIFT - shift) / 1000)}</strong>
      <span>
        {t(shift >= SHIFT ? "shift.over" : "shift.left", { time: words.span(SHIFT / 1000) })}
        <br />
        {now.holder === null || now.holder === own
          ? t("shift.yours")
          : t("shift.whose", { name: nameOf(sees, now.holder) })}
      </span>
    </p>
  );
}

function PartnerLine({ partner, holds, say }: { partner: Partner; holds: boolean; say: ConsoleWords }): ReactNode {
  const state = holds ? "holds" : "ready";
  return (
    <li data-present={partner.present || undefined}>
      <strong>
        <bdi>{partner.name}</bdi>
      </strong>
      <small>{say.t(`partner.${partner.present ? state : "away"}`)}</small>
    </li>
  );
}
