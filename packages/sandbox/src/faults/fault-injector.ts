import type { Fault, FaultEffect } from "./fault.ts";
import { matcherOf } from "./match-request.ts";
import { seededRandom } from "./seeded-random.ts";

/** The faults of a sandbox, switchable while it runs. */
export interface FaultInjector {
  /** Replaces all rules; counts start anew. */
  set(faults: ReadonlyArray<Fault>): void;
  /** No more faults; a skewed clock is right again. */
  clear(): void;
  /** The rules that are not spent yet. */
  current(): ReadonlyArray<Fault>;
}

/** The desk as the sandbox itself sees it. */
export interface FaultSource extends FaultInjector {
  /** What shall happen to a request, in the order of the rules. */
  draw(method: string, path: string): ReadonlyArray<FaultEffect>;
  /** Milliseconds that the server's clock is ahead. */
  readonly skew: number;
}

interface Rule {
  readonly fault: Fault;
  readonly matches: (method: string, path: string) => boolean;
  toSkip: number;
  left: number;
}

/** Keeps rules and draws from them; equal seeds and equal requests give equal faults. */
export const createFaultInjector = (faults: ReadonlyArray<Fault>, seed: number): FaultSource => {
  let rules: Array<Rule> = [];
  let chance = seededRandom(seed);
  let skew = 0;
  const set = (next: ReadonlyArray<Fault>) => {
    chance = seededRandom(seed);
    rules = next.map((fault) => ({
      fault,
      matches: matcherOf(fault.on),
      toSkip: fault.skip ?? 0,
      left: fault.times ?? Number.POSITIVE_INFINITY
    }));
  };
  const hits = (rule: Rule, method: string, path: string): boolean => {
    if (rule.left <= 0 || !rule.matches(method, path)) return false;
    if (rule.toSkip > 0) {
      rule.toSkip -= 1;
      return false;
    }
    const { probability = 1 } = rule.fault;
    if (probability < 1 && chance() >= probability) return false;
    rule.left -= 1;
    return true;
  };
  set(faults);
  return {
    set,
    clear() {
      set([]);
      skew = 0;
    },
    current: () => rules.filter(({ left }) => left > 0).map(({ fault }) => fault),
    draw(method, path) {
      if (rules.length === 0) return [];
      const effects = rules.filter((rule) => hits(rule, method, path)).map(({ fault }) => fault.effect);
      for (const effect of effects) if (effect.kind === "skew") skew = effect.milliseconds;
      return effects;
    },
    get skew() {
      return skew;
    }
  };
};
