/** What outlives a reload of the page, as a browser's storage does: whoever is given the same `kept` is the page loaded anew. */
export function memoryIn(kept = new Map<string, string>()): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}
