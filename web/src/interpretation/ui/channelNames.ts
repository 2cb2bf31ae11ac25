import type { Snapshot } from "../../contract/parse";
import type { enArranging } from "../../i18n/enArranging";
import type { PartOf, Words } from "../../i18n/translator";

/** The words of what chairs arrange. */
export type ArrangingWords = PartOf<typeof enArranging>;

/** The channels' names, with which of them are signed. */
export function channelNames(channels: Snapshot["channels"], words: Words, says: ArrangingWords): readonly string[] {
  return channels.map(({ language, kind }) => {
    const name = words.languageName(language);
    return kind === "signed" ? says("signed", { language: name }) : name;
  });
}
