import { LedgerFailed } from "../contract/errors/client-error.ts";
import type { Acknowledged, InDoubtWrite, Ledger, LedgerScope, Samples, SessionLedger } from "../contract/ledger.ts";

interface Known extends Acknowledged {
  run: number;
}

/** One session's knowledge, as long as the process lives. */
class Book {
  readonly byId = new Map<string, Known>();
  readonly inDoubtWrites = new Map<string, InDoubtWrite>();
  run = 0;
  isOpen = false;
  samples: Samples = { datums: [], odd: [] };
}

const pageSize = 1000;

/** Without what else the given object has, and keeps in memory. */
const owned = ({ originId, fingerprint, kind, children }: Acknowledged): Acknowledged => ({
  originId,
  fingerprint,
  kind,
  children
});

const view = (book: Book): SessionLedger => {
  const { run } = book;
  const key = (chunk: number) => `${run}/${chunk}`;
  const isEarlier = ([name]: readonly [string, InDoubtWrite]) => !name.startsWith(`${run}/`);
  return {
    get: async (originIds) => {
      const found = new Map<string, Acknowledged>();
      for (const id of originIds) {
        const known = book.byId.get(id);
        if (known) found.set(id, known);
      }
      return found;
    },
    begin: async (doubt, outdated) => {
      for (const id of outdated) {
        const known = book.byId.get(id);
        if (known) book.byId.set(id, { ...known, fingerprint: "" });
      }
      book.inDoubtWrites.set(key(doubt.chunk), doubt);
    },
    acknowledge: async (entries) => {
      for (const entry of entries) {
        const known = { ...owned(entry), run };
        book.byId.set(known.originId, known);
      }
    },
    end: async (chunk) => {
      book.inDoubtWrites.delete(key(chunk));
    },
    inDoubtWrites: async () => [...book.inDoubtWrites].filter(isEarlier).map(([, doubt]) => doubt),
    suspect: async (entries, before) => {
      for (const entry of entries) {
        const known = book.byId.get(entry.originId) ?? { ...owned(entry), run: 0 };
        book.byId.set(known.originId, { ...known, children: entry.children });
      }
      for (const doubt of [...book.inDoubtWrites].filter(isEarlier))
        if (doubt[1].begun < before) book.inDoubtWrites.delete(doubt[0]);
    },
    forget: async (originIds) => {
      for (const id of originIds) book.byId.delete(id);
    },
    see: async (originIds) => {
      for (const id of originIds) {
        const known = book.byId.get(id);
        if (known) known.run = run;
      }
    },
    async *unseen() {
      const unseen = [...book.byId.values()].filter((known) => known.run !== run);
      for (let from = 0; from < unseen.length; from += pageSize) yield unseen.slice(from, from + pageSize);
    },
    samples: async () => book.samples,
    keepSamples: async (samples) => {
      book.samples = samples;
    },
    close: async () => {
      book.isOpen = false;
    }
  };
};

/** A ledger that lasts as long as the process: enough to send nothing twice within it. */
export const createMemoryLedger = (): Ledger => {
  const books = new Map<string, Book>();
  return {
    open: async ({ sessionId }: LedgerScope) => {
      const book = books.get(sessionId) ?? new Book();
      books.set(sessionId, book);
      if (book.isOpen) {
        const message = "Another upload into this session is running with the same ledger.";
        throw new LedgerFailed({ message, isBusy: true });
      }
      book.isOpen = true;
      book.run++;
      return view(book);
    }
  };
};
