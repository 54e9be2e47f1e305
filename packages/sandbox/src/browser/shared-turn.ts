/** Lets one tab at a time work, as many requests of it together as there are. */
export interface SharedTurn {
  /** Resolves once it is this tab's turn; call what it resolves to when done. */
  enter(): Promise<() => void>;
}

/**
 * Takes turns with other tabs by a lock of the browser. `onTurn` is waited for at the beginning of each turn, before anybody
 * works. Without locks every turn is this tab's.
 */
export const sharedTurn = (locks: LockManager | undefined, name: string, onTurn: () => Promise<void>): SharedTurn => {
  let inside = 0;
  let turn: Promise<() => void> | undefined;

  const begin = async (): Promise<() => void> => {
    const release = await holdLock(locks, name);
    try {
      await onTurn();
      return release;
    } catch (cause) {
      release();
      throw cause;
    }
  };

  return {
    async enter() {
      inside++;
      const own = (turn ??= begin());
      const leave = (): void => {
        inside--;
        if (inside > 0 || turn !== own) return;
        turn = undefined;
        void own.then((release) => release()).catch(() => undefined);
      };
      try {
        await own;
      } catch (cause) {
        leave();
        throw cause;
      }
      return leave;
    }
  };
};

const holdLock = (locks: LockManager | undefined, name: string): Promise<() => void> =>
  new Promise((resolve, reject) => {
    if (locks === undefined) resolve(() => undefined);
    else locks.request(name, () => new Promise<void>((release) => resolve(release))).catch(reject);
  });
