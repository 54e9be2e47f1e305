/** Where the bands meet, in mg/dL, and the shares that the consensus asks for, in percent. */
export interface Targets {
  /** Below: very low. */
  readonly veryLow: number;
  /** Below: low. The value itself is in range. */
  readonly low: number;
  /** Above: high. The value itself is in range. */
  readonly high: number;
  /** Above: very high. The value itself is high. */
  readonly veryHigh: number;
  readonly goals: Goals;
}

/** Shares of time in percent: `target` is to be exceeded, the others are to be stayed below. */
export interface Goals {
  readonly target?: number;
  /** Low and very low together. */
  readonly belowTarget?: number;
  readonly veryLow?: number;
  /** High and very high together. */
  readonly aboveTarget?: number;
  readonly veryHigh?: number;
}

/** The published target sets: international consensus on time in range, Battelino et al. 2019, doi:10.2337/dci19-0028. */
export const targetSets = {
  standard: {
    veryLow: 54,
    low: 70,
    high: 180,
    veryHigh: 250,
    goals: { target: 70, belowTarget: 4, veryLow: 1, aboveTarget: 25, veryHigh: 5 }
  },
  olderOrHighRisk: {
    veryLow: 54,
    low: 70,
    high: 180,
    veryHigh: 250,
    goals: { target: 50, belowTarget: 1, aboveTarget: 50, veryHigh: 10 }
  },
  pregnancyType1: {
    veryLow: 54,
    low: 63,
    high: 140,
    veryHigh: 250,
    goals: { target: 70, belowTarget: 4, veryLow: 1, aboveTarget: 25 }
  },
  gestational: { veryLow: 54, low: 63, high: 140, veryHigh: 250, goals: {} }
} as const satisfies Record<string, Targets>;
