import type { Ledger, SessionLedger } from "@tideway/core";

let processes = 0;

let places = 0;
const placesByLedger = new WeakMap<Ledger, string>();

const placeOf = (ledger: Ledger): string => {
  const place = placesByLedger.get(ledger) ?? `place ${++places}`;
  placesByLedger.set(ledger, place);
  return place;
};

/** A process: its requests and its ledger's file end with it. */
export class Process {
  /** What the engine keeps for a server ends with the process, too: no other may find it. */
  readonly host: string;
  private readonly requests = new Set<AbortController>();
  private readonly ledgers = new Set<SessionLedger>();
  private calls = 0;

  constructor(host = `process-${++processes}.localhost`) {
    this.host = host;
  }

  dead = false;
  /** Hears of every point between two steps of the run. */
  onStep: () => void = () => undefined;
  /** Hears of every request that is about to be answered. */
  onRequest: () => void = () => undefined;

  /** The server goes on with what it began; the answer goes nowhere. */
  kill() {
    this.dead = true;
    for (const request of this.requests) request.abort(new Error("The process is gone."));
    for (const ledger of this.ledgers) void ledger.close();
    this.ledgers.clear();
  }

  async fetch(request: Request, answer: (request: Request) => Promise<Response>): Promise<Response> {
    if (this.dead) throw new Error("The process is gone.");
    const end = new AbortController();
    this.requests.add(end);
    this.onStep();
    this.onRequest();
    const signal = AbortSignal.any([request.signal, end.signal]);
    const gone = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    try {
      return await Promise.race([answer(new Request(request, { signal })), gone]);
    } finally {
      this.requests.delete(end);
      this.onStep();
    }
  }

  /** A ledger that is no longer written once the process is gone, or its disk is full. */
  ledger(inner: Ledger, full: number | undefined): Ledger {
    const guard = async <A>(call: () => Promise<A>): Promise<A> => {
      this.onStep();
      if (this.dead) throw new Error("The process is gone.");
      if (full !== undefined && this.calls++ >= full) throw new Error("The disk is full.");
      const answer = await call();
      this.onStep();
      if (this.dead) throw new Error("The process is gone.");
      return answer;
    };
    return {
      // However often it is wrapped, it is one.
      place: async () => placeOf(inner),
      open: async (scope) => {
        const session = await guard(async () => {
          const opened = await inner.open(scope);
          if (this.dead) await opened.close();
          else this.ledgers.add(opened);
          return opened;
        });
        return {
          get: (ids) => guard(() => session.get(ids)),
          begin: (doubt, forget) => guard(() => session.begin(doubt, forget)),
          acknowledge: (entries) => guard(() => session.acknowledge(entries)),
          end: (chunk) => guard(() => session.end(chunk)),
          inDoubtWrites: () => guard(() => session.inDoubtWrites()),
          suspect: (entries, before) => guard(() => session.suspect(entries, before)),
          forget: (ids) => guard(() => session.forget(ids)),
          see: (ids) => guard(() => session.see(ids)),
          unseen: () => session.unseen(),
          samples: () => guard(async () => (await session.samples?.()) ?? { datums: [], odd: [] }),
          keepSamples: (samples) => guard(async () => session.keepSamples?.(samples)),
          close: async () => {
            if (this.ledgers.delete(session)) await session.close();
          }
        };
      }
    };
  }
}
