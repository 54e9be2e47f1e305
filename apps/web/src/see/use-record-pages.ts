import { useCallback, useEffect, useRef, useState } from "react";
import { useServices } from "../app/services.tsx";
import type { RecordQuery, RecordRow } from "../preview/record-table.ts";

const pageSize = 100;

/** The rows of a table that are known so far; others are asked for when they come into sight. */
export interface RecordPages {
  readonly total: number;
  readonly rowAt: (index: number) => RecordRow | undefined;
  /** Says which rows are in sight. */
  readonly need: (first: number, last: number) => void;
}

interface Known {
  readonly key: string;
  readonly total: number;
  readonly pages: ReadonlyMap<number, ReadonlyArray<RecordRow>>;
}

const nothing: Known = { key: "", total: 0, pages: new Map() };

/** Has the rows that are in sight fetched from the worker, a page at a time. */
export const useRecordPages = (
  search: string,
  { order, isDescending }: Pick<RecordQuery, "order" | "isDescending">
): RecordPages => {
  const { worker } = useServices();
  const [known, setKnown] = useState(nothing);
  const asked = useRef(new Set<string>());
  const key = JSON.stringify([search, order, isDescending]);

  const fetchPage = useCallback(
    (page: number): void => {
      const request = `${key} ${page}`;
      if (asked.current.has(request)) return;
      asked.current.add(request);
      worker
        .ask((api) => api.records({ search, order, isDescending, from: page * pageSize, count: pageSize }))
        .then(({ total, rows }) =>
          setKnown((known) => ({ key, total, pages: new Map(known.key === key ? known.pages : []).set(page, rows) }))
        )
        .catch(() => asked.current.delete(request));
    },
    [worker, key, search, order, isDescending]
  );

  useEffect(() => {
    // What was fetched for another order is gone by now: it may be asked for again.
    asked.current.clear();
    fetchPage(0);
  }, [fetchPage]);

  const need = useCallback(
    (first: number, last: number): void => {
      for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page++) fetchPage(page);
    },
    [fetchPage]
  );

  return {
    total: known.total,
    rowAt: (index) => known.pages.get(Math.floor(index / pageSize))?.[index % pageSize],
    need
  };
};
