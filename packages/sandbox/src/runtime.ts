/** The clock, the randomness and the sleep of a sandbox: a test passes its own, so that every run is the same. */
export interface SandboxRuntime {
  /** Milliseconds since 1970. */
  now(): number;
  /** That many unpredictable bytes. */
  randomBytes(count: number): Uint8Array;
  /** Resolves after that many milliseconds; rejects with the signal's reason when it fires first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", stop, { once: true });
  });

/** The clock, randomness and timers of the machine it runs on. */
export const systemRuntime: SandboxRuntime = {
  now: () => Date.now(),
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  sleep
};

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Bytes as lower-case hex digits. */
export const toHex = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += hexOf[byte];
  return text;
};

/** A maker of the platform's own ids: 32 hex digits from 16 random bytes, drawn in blocks. */
export const idMaker = (runtime: SandboxRuntime): (() => string) => {
  const block = 16 * 256;
  let pool: Uint8Array = new Uint8Array(0);
  let at = 0;
  return () => {
    if (at >= pool.length) {
      pool = runtime.randomBytes(block);
      at = 0;
    }
    const id = toHex(pool.subarray(at, at + 16));
    at += 16;
    return id;
  };
};
