/** Whether this runs in a page or a worker, seen from inside: the harness's own test calls it. */
export const whereAmI = (): string => (typeof document === "undefined" ? "worker" : "page");

/** Adds up, asynchronously. */
export const add = async (a: number, b: number): Promise<number> => a + b;

/** Fails, to show that errors travel. */
export const fail = (): never => {
  throw new Error("failed on purpose");
};

/** Tries to make code from text, which the page's policy forbids. */
export const evaluates = (): boolean => {
  try {
    return new Function("return true")() as boolean;
  } catch {
    return false;
  }
};
