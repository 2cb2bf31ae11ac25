// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { enGlossary } from "../../../i18n/enGlossary";
import { english } from "../../../i18n/translator";
import { CommonBooth, CommonPage, FakeDepot } from "../../../testing/common";
import { aPage, settled } from "../../../testing/page";
import { TermFiles } from "./TermFiles";

const page = aPage();
const say = { t: english.part(enGlossary), words: english };

/** Opens a file of these bytes; `told` is what whoever does not look is told of it. */
async function open(...bytes: readonly number[]) {
  const booth = new CommonBooth();
  const fane = new CommonPage("fane", booth, new FakeDepot());
  booth.join(fane);
  const { glossary } = fane;
  const told: string[] = [];
  const props = {
    state: glossary.state.get(),
    hands: glossary,
    attempt: (asked: () => Promise<unknown>) => void asked(),
  };
  await page.draw(<TermFiles {...props} say={say} tell={(text) => told.push(text)} />);
  const field = document.querySelector<HTMLInputElement>("input[type=file]");
  Object.defineProperty(field, "files", { value: [new File([Uint8Array.from(bytes)], "terms.csv")] });
  await settled(() => field?.dispatchEvent(new Event("change", { bubbles: true })));
  await vi.waitFor(() => {
    expect(told).toHaveLength(1);
  });
  await settled();
  return { told, terms: glossary.state.get().terms.map(({ term, means }) => `${term} = ${means}`) };
}

const letters = (text: string): readonly number[] => [...new TextEncoder().encode(text)];

test("a file's terms are put in as they were written", async () => {
  const { told, terms } = await open(...letters("délégué,délégation"));
  expect([told, terms]).toEqual([["1 term was read."], ["délégué = délégation"]]);
});

test("of a file whose letters are not known nothing is put in, and it is told why", async () => {
  const { told, terms } = await open(...letters("d"), 0xe9, ...letters("l,x"));
  expect([told, terms]).toEqual([[say.t("letters")], []]);
  expect(page.text).toContain(say.t("letters"));
});
