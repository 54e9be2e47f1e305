import type { Span } from "@tideway/metrics";
import { useEffect, useState } from "react";
import { useServices } from "../app/services.tsx";
import type { PeriodQuery, PeriodView } from "../preview/preview-records.ts";
import type { Preview } from "../preview/preview.ts";
import type { TargetSetName } from "../preview/target-set.ts";

/** The stated period with its numbers, which drives all that is shown. */
export interface SeenPeriod {
  /** Undefined: all. */
  readonly period: Span | undefined;
  readonly setPeriod: (period: Span | undefined) => void;
  /** The numbers that were worked out last; those of the period once `isPending` is false. */
  readonly view: PeriodView;
  readonly isPending: boolean;
}

const isSame = (one: PeriodQuery, other: PeriodQuery): boolean =>
  one.targets === other.targets && one.period?.from === other.period?.from && one.period?.to === other.period?.to;

/** Owns the period that is stated, and has its numbers worked out in the worker. */
export const usePeriodView = (preview: Preview, targets: TargetSetName): SeenPeriod => {
  const { worker } = useServices();
  const [period, setPeriod] = useState<Span>();
  const [known, setKnown] = useState<{ readonly query: PeriodQuery; readonly view: PeriodView }>({
    query: { period: undefined, targets: "standard" },
    view: preview
  });
  const query = { period, targets };
  const isPending = !isSame(known.query, query);

  useEffect(() => {
    if (!isPending) return;
    let isCurrent = true;
    const wanted = { period, targets };
    worker
      .ask((api) => api.view(wanted))
      .then((view) => isCurrent && setKnown({ query: wanted, view }))
      // The numbers that stand there stay, and so does the notice that they are not of this period.
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [isPending, period, targets, worker]);

  return { period, setPeriod, view: known.view, isPending };
};
