/**
 * Where logins are kept. A login is a text under a key; whoever can read the text is logged in.
 *
 * Programs, processes and tabs that share a store share its logins: `exclusively` sees to it that only one of them
 * renews.
 */
export interface TokenStore {
  /** For messages: `the file /home/ann/.config/tideway/logins.json`. */
  readonly place: string;
  read(key: string): Promise<string | undefined>;
  /** Durable when it resolves. */
  write(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** Runs the work while no other user of the store runs theirs for this key. */
  exclusively<A>(key: string, work: () => Promise<A>): Promise<A>;
}

/** Runs one piece of work a key at a time, in the order of the calls. */
export const oneAtATime = (): TokenStore["exclusively"] => {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = (async () => {
      await before?.catch(() => {});
      return work();
    })();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
};

/** A store that ends with the program. */
export const memoryTokenStore = (): TokenStore => {
  const texts = new Map<string, string>();
  return {
    place: "this program's memory",
    read: (key) => Promise.resolve(texts.get(key)),
    write: (key, text) => Promise.resolve(void texts.set(key, text)),
    remove: (key) => Promise.resolve(void texts.delete(key)),
    exclusively: oneAtATime()
  };
};
