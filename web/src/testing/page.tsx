/** A page to draw on in tests: its buttons by their names, and its fields by their labels. */
import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach } from "vitest";

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

/** Lets everything that waits for nothing but its turn happen, and what it draws be drawn. */
export async function settled(then: () => void = () => undefined): Promise<void> {
  await act(async () => {
    then();
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  });
}

/** How long a button is waited for, in ms. */
const PATIENCE = 2000;

export class Page {
  private root: Root | null = null;

  /** Draws anew; `warm` are the screens that load when first wanted. */
  async draw(drawn: ReactNode, ...warm: readonly Promise<unknown>[]): Promise<void> {
    await Promise.all(warm);
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
    const button = await this.awaited(name);
    await settled(() => {
      button.click();
    });
  }

  /** A screen that is fetched when first wanted comes when the machine has time for it. */
  private async awaited(name: string): Promise<HTMLButtonElement> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      const button = this.button(name);
      if (button !== undefined) return button;
      if (performance.now() > end) throw new Error(`no button: ${name}`);
      await settled();
    }
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
