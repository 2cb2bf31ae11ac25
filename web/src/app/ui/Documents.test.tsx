// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BoothDocumentsState } from "../../interpretation/documents/boothDocuments";
import { NO_GROUP } from "../../interpretation/boothGroup";
import { Cell } from "../../kernel/store";
import { aConsole } from "../../testing/booth";
import { aDossier, aSnapshot } from "../../testing/builders";
import { COMMON_BOOTH } from "../../testing/common";
import { fakeServices, type FakeServices } from "../../testing/fakes";
import { aPage, settled } from "../../testing/page";
import { aHolder } from "../../testing/standings";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();

const PAGE = "<!doctype html><script>document.title = 'mine'</script>";
const BYTES: Readonly<Record<string, string>> = {
  "speech.txt": "We have come a long way.",
  "page.pdf": PAGE,
  "paper.html": `%PDF-1.7\n${PAGE}`,
  "map.png": "\u0089PNG\r\n\u001A\n",
  "sheet.xlsx": "PK\u0003\u0004\u0014\0",
};
const inside = {
  ...NO_GROUP,
  booth: { ...COMMON_BOOTH, members: [] },
  at: "inside" as const,
  readers: [aHolder("fane", 0), aHolder("sorel", 1)],
};

/** Addresses as a browser gives them out: what of them is good, and for what type. */
const addresses = new Map<string, string>();

/** Whether the browser has a reader for PDF. */
function readsPapers(value: boolean): void {
  Object.defineProperty(navigator, "pdfViewerEnabled", { value, configurable: true });
}

beforeEach(() => {
  addresses.clear();
  let made = 0;
  vi.stubGlobal(
    "URL",
    class extends URL {
      static override createObjectURL(blob: Blob): string {
        made += 1;
        addresses.set(`blob:${made}`, blob.type);
        return `blob:${made}`;
      }
      static override revokeObjectURL(address: string): void {
        addresses.delete(address);
      }
    },
  );
  readsPapers(true);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

interface Shown {
  readonly services: FakeServices;
  readonly state: Cell<BoothDocumentsState>;
  readonly reads: readonly string[];
  /** What comes late has come. */
  readonly arrives: () => void;
}

async function show({ late = false } = {}): Promise<Shown> {
  keepPlace({ meeting: "meeting", seated: true });
  const fake = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier("fane") },
    feed: { at: "live", snapshot: aSnapshot({ you: "fane" }) },
    call: { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } },
    booth: aConsole(),
  });
  const documents = Object.entries(BYTES).map(([name, { length }], id) => {
    return { id: String(id), name, size: length, key: "k", gone: false };
  });
  const state = new Cell<BoothDocumentsState>({ ...inside, documents, moving: null });
  const common = await fake.inCommon();
  const reads: string[] = [];
  const come = Promise.withResolvers<null>();
  const read = async ({ name }: { readonly name: string }): Promise<Uint8Array<ArrayBuffer>> => {
    reads.push(name);
    if (late) await come.promise;
    return Uint8Array.from(BYTES[name] ?? "", (letter) => letter.codePointAt(0) ?? 0);
  };
  const services: FakeServices = {
    ...fake,
    inCommon: async () =>
      Promise.resolve({
        ...common,
        glossary: { ...common.glossary, state: new Cell({ ...inside, terms: [] }) },
        documents: { ...common.documents, state, read },
      }),
  };
  await page.draw(<Shell services={services} />);
  await settled(() => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "=", bubbles: true }));
  });
  const arrives = (): void => {
    come.resolve(null);
  };
  return { services, state, reads, arrives };
}

const sheet = (name: string): Element | undefined =>
  [...document.querySelectorAll('[role="dialog"]')].find((each) => each.querySelector("h2")?.textContent === name);

/** Closes the sheet on top: what is read. */
async function shut(): Promise<void> {
  const top = [...document.querySelectorAll('[role="dialog"]')].at(-1);
  await settled(() => {
    top?.querySelector<HTMLElement>("header button")?.click();
  });
}

async function told(from: Element | null | undefined, event: "load" | "error"): Promise<void> {
  await settled(() => {
    from?.dispatchEvent(new Event(event));
  });
}

test("text is read beside the console, whatever it is called, and nothing in it is a page", async () => {
  await show();
  await page.press("Read speech.txt");
  expect(sheet("speech.txt")?.textContent).toContain("We have come a long way.");
  await shut();
  await page.press("Read page.pdf");
  expect(sheet("page.pdf")?.textContent).toContain(PAGE);
  expect(document.querySelectorAll(".reading script, .reading a, .reading iframe")).toHaveLength(0);
  expect([...addresses]).toEqual([]);
});

test("a picture is shown as what it is, says when it cannot be, and leaves no address behind", async () => {
  await show();
  await page.press("Read map.png");
  const picture = (): Element | null | undefined => sheet("map.png")?.querySelector("img");
  expect(picture()?.getAttribute("alt")).toBe("map.png");
  expect([...addresses.values()]).toEqual(["image/png"]);
  expect(sheet("map.png")?.textContent).toContain("map.png is being opened");
  await told(picture(), "load");
  expect(sheet("map.png")?.textContent).not.toContain("is being opened");
  await page.press("Full size");
  expect(picture()?.getAttribute("data-large")).toBe("true");
  await told(picture(), "error");
  expect(sheet("map.png")?.textContent).toContain("map.png cannot be shown");
  await shut();
  expect([...addresses]).toEqual([]);
});

test("while one is fetched its button keeps the focus, all others wait, and it is fetched once", async () => {
  const { state, reads, arrives } = await show({ late: true });
  const names = ["Read speech.txt", "Read map.png"];
  const waits = (): readonly boolean[] => names.map((name) => page.button(name)?.disabled ?? false);
  await page.press("Read speech.txt");
  await settled(() => {
    state.set({ ...state.get(), moving: { name: "speech.txt", part: 1, of: 2 } });
  });
  expect(waits()).toEqual([false, true]);
  await page.press("Read speech.txt");
  await settled(() => {
    state.set({ ...state.get(), moving: null });
    arrives();
  });
  expect([waits(), reads]).toEqual([[false, false], ["speech.txt"]]);
  expect(sheet("speech.txt")).toBeDefined();
});

test("a PDF is for a tab that knows nothing of this page, by a press of one's own", async () => {
  await show();
  await page.press("Read paper.html");
  const link = sheet("paper.html")?.querySelector("a");
  expect(link?.textContent).toBe("Open in a tab of its own");
  expect([link?.target, link?.rel]).toEqual(["_blank", "noopener noreferrer"]);
  expect(addresses.get(link?.getAttribute("href") ?? "")).toBe("application/pdf");
  await shut();
  expect([...addresses]).toEqual([]);
});

test("what no browser reads is only saved, and so is a PDF where the browser has no reader", async () => {
  await show();
  await page.press("Read sheet.xlsx");
  expect(page.text).toContain("sheet.xlsx is neither plain text, a picture nor a PDF");
  readsPapers(false);
  await page.press("Read paper.html");
  expect(page.text).toContain("Your browser shows no PDF. Save paper.html to read it.");
  expect([[...addresses], document.querySelectorAll('[role="dialog"]').length]).toEqual([[], 1]);
});

test("with the booth goes what was read in it: called to another, or to none", async () => {
  const { services, state } = await show();
  await page.press("Read map.png");
  expect(addresses.size).toBe(1);
  await settled(() => {
    state.set({ ...state.get(), booth: { ...inside.booth, id: "joint.fr" } });
  });
  expect([[...addresses], sheet("map.png")]).toEqual([[], undefined]);
  await page.press("Read paper.html");
  expect(addresses.size).toBe(1);
  await settled(() => {
    services.cells.booth.set(null);
  });
  expect([...addresses]).toEqual([]);
});

test("where a console goes on without a booth, the booth's sheet closes, and stays closed in the next", async () => {
  const { services } = await show();
  const { booth } = aConsole();
  expect(document.querySelectorAll('[role="dialog"]')).toHaveLength(1);
  for (const of of [null, booth]) {
    await settled(() => {
      services.cells.booth.set({ ...aConsole(), booth: of });
    });
    expect(document.querySelectorAll('[role="dialog"]')).toHaveLength(0);
  }
});
