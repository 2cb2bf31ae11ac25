import type { Identity } from "../kernel/ids";

/**
 * What this browser keeps of one seat: a private key that cannot be read out, and what proves whose it is. One
 * browser may hold several seats, by the serial of their invitations.
 */
export interface KeptSeat {
  readonly serial: string;
  readonly identity: Identity;
  readonly privateKey: CryptoKey;
  /** The chain as it was or will be enrolled, base64url. */
  readonly invitation: string;
  readonly invitation_signature: string;
  readonly device: string;
  readonly device_signature: string;
  /** The fingerprint of the descriptor one was invited under. */
  readonly dh: string;
}

const DATABASE = "visavis";
const SEATS = "seats";

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => {
      resolve(request.result);
    });
    request.addEventListener("error", () => {
      reject(request.error ?? new Error("IndexedDB"));
    });
  });
}

async function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore(SEATS, { keyPath: "serial" });
  });
  return settled(request);
}

/** Where seats are kept from one visit to the next. */
export interface KeptSeats {
  find(serial: string): Promise<KeptSeat | undefined>;
  keep(seat: KeptSeat): Promise<void>;
}

/** The seats kept in this browser's IndexedDB. Only this module writes there, so what is read is trusted. */
export const keptSeats: KeptSeats = {
  async find(serial: string): Promise<KeptSeat | undefined> {
    const database = await opened();
    try {
      const store = database.transaction(SEATS, "readonly").objectStore(SEATS);
      return await settled(store.get(serial) as IDBRequest<KeptSeat | undefined>);
    } finally {
      database.close();
    }
  },

  async keep(seat: KeptSeat): Promise<void> {
    const database = await opened();
    try {
      const store = database.transaction(SEATS, "readwrite").objectStore(SEATS);
      await settled(store.put(seat));
    } finally {
      database.close();
    }
    // Without this a browser short of space may drop the key, and the seat with it. A no is no trouble, and nobody waits
    // for it: Firefox asks the person, who may not answer at all.
    navigator.storage.persist().catch(() => false);
  },
};
