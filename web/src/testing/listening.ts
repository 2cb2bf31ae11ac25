/** What is heard of the booths, in scenes. */
import type { ListeningNow } from "../interpretation";
import { boothsOf } from "../interpretation/booths";
import type { Carries } from "../interpretation/model";
import type { Language } from "../kernel/ids";
import { SEATS } from "./builders";

/** The booths of the small summit, of which those of these languages are on air in them. */
export function onAirIn(...languages: readonly string[]): Pick<ListeningNow, "carries" | "booths"> {
  const carried = (language: string): Carries => (languages.includes(language) ? "interpreted" : "silent");
  return {
    carries: new Map(["en", "fr"].map((language) => [language as Language, carried(language)])),
    booths: boothsOf(Object.values(SEATS), []).map((booth) => {
      const [into] = booth.languages;
      const [who] = booth.members;
      return { booth, onAir: who !== undefined && languages.includes(into) ? { into, who } : null, lost: false };
    }),
  };
}
