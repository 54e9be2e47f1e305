import type { Ledger, SessionLedger } from "@tideway/core";

const openBoth = async (open: () => Promise<SessionLedger>, other: SessionLedger): Promise<SessionLedger> => {
  const own = await open();
  return {
    get: (originIds) => own.get(originIds),
    begin: async (doubt, outdated) => {
      // Before anything is sent: whatever comes after that, the other one claims nothing that is no longer so.
      await other.begin(doubt, doubt.originIds);
      await own.begin(doubt, outdated);
    },
    acknowledge: (entries) => own.acknowledge(entries),
    end: async (chunk) => {
      await own.end(chunk);
      await other.end(chunk);
    },
    inDoubtWrites: () => own.inDoubtWrites(),
    suspect: (entries, before) => own.suspect(entries, before),
    forget: async (originIds) => {
      await other.forget(originIds);
      await own.forget(originIds);
    },
    see: (originIds) => own.see(originIds),
    unseen: () => own.unseen(),
    close: async () => {
      try {
        await own.close();
      } finally {
        await other.close();
      }
    }
  };
};

/**
 * A ledger that keeps another one true: what is sent by the first into a session, or deleted, the other takes for unknown from
 * then on. Both are held for as long, so that no two runs of either are in one session.
 */
export const keepTrue = (ledger: Ledger, other: Ledger): Ledger => ({
  ...(ledger.place ? { place: () => ledger.place!() } : {}),
  open: async (scope) => {
    const opened = await other.open(scope);
    try {
      return await openBoth(() => ledger.open(scope), opened);
    } catch (error) {
      await opened.close();
      throw error;
    }
  }
});
