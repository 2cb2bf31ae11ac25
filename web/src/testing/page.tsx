/** A page to draw on in tests: its buttons by their names, and its fields by their labels. */
import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, vi } from "vitest";

/** The DOM of the tests measures nothing. */
class NoSizes implements ResizeObserver {
  observe(): void {
    return undefined;
  }
  unobserve(): void {
    return undefined;
  }
  disconnect(): void {
    return undefined;
  }
}

/** Lets everything that waits for nothing but its turn happen, and what it draws be drawn: screens fetched when first wanted too. */
export async function settled(then: () => void = () => undefined): Promise<void> {
  await act(async () => {
    then();
    await nextTurn();
  });
  for (let isNew = true; isNew;) isNew = await fetched();
}

/** Waits for the screens that are on their way, however busy the machine; says whether they drew anything. */
async function fetched(): Promise<boolean> {
  let isNew = false;
  const watch = new MutationObserver(() => {
    isNew = true;
  });
  watch.observe(document.body, { attributes: true, characterData: true, childList: true, subtree: true });
  await act(async () => vi.dynamicImportSettled());
  isNew ||= watch.takeRecords().length > 0;
  watch.disconnect();
  return isNew;
}

async function nextTurn(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve);
  });
}

export class Page {
  private root: Root | null = null;

  async draw(drawn: ReactNode): Promise<void> {
    await settled(() => {
      this.root?.render(drawn);
    });
  }

  get text(): string {
    return document.body.textContent;
  }

  button(name: string): HTMLButtonElement | undefined {
    return [...document.querySelectorAll("button")].find(
      (each) => (each.getAttribute("aria-label") ?? each.textContent) === name,
    );
  }

  async press(name: string): Promise<void> {
    const button = this.button(name);
    if (button === undefined) throw new Error(`no button: ${name}`);
    await settled(() => {
      button.click();
    });
  }

  async fill(label: string, value: string): Promise<void> {
    const kinds = [HTMLInputElement, HTMLSelectElement, HTMLTextAreaElement];
    const named = [...document.querySelectorAll("label")].find((each) => each.textContent === label)?.control;
    const control = named ?? document.querySelector(`[aria-label="${CSS.escape(label)}"]`);
    const kind = kinds.find((each) => control instanceof each);
    if (kind === undefined) throw new Error(`no field: ${label}`);
    await settled(() => {
      // React listens for what the browser says after its own setter.
      Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(control, value);
      control?.dispatchEvent(new Event(kind === HTMLSelectElement ? "change" : "input", { bubbles: true }));
    });
  }

  open(): void {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true, ResizeObserver: NoSizes });
    document.body.innerHTML = '<div id="root"></div>';
    const element = document.querySelector("#root");
    if (element === null) throw new Error("no root");
    this.root = createRoot(element);
  }

  async close(): Promise<void> {
    await settled(() => {
      this.root?.unmount();
    });
  }
}

/** A page that is new for each test of the file. */
export function aPage(): Page {
  const page = new Page();
  beforeEach(() => {
    page.open();
  });
  afterEach(async () => {
    await page.close();
  });
  return page;
}
