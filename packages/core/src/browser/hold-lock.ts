/** Holds a lock that the browser lets go of when the tab ends; undefined where another tab has it. */
export const holdLock = (locks: LockManager | undefined, name: string): Promise<(() => void) | undefined> => {
  // Without Web Locks (an insecure page) tabs cannot see each other: the ledger still only costs work when it is wrong.
  if (!locks) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(undefined);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
};
