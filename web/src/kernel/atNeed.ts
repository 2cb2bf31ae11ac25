/** Made at the first need of it, and then the same; what could not be made is tried again by the next who asks. */
export function atNeed<T>(make: () => Promise<T>): () => Promise<T> {
  let making: Promise<T> | null = null;
  return async () => {
    making ??= make().catch((error: unknown) => {
      making = null;
      throw error;
    });
    return making;
  };
}
