import { useVirtualizer } from "@tanstack/react-virtual";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { useServices } from "../app/services.tsx";
import { formatTime } from "../format/date.ts";
import { formatCount } from "../format/number.ts";
import type { LocalTime } from "../preview/local-time.ts";
import { plainRecordTitle } from "../preview/plain-kinds.ts";
import type { RecordOrder, RecordQuery } from "../preview/record-table.ts";
import { useRecordPages } from "./use-record-pages.ts";

/** Three lines of text, as a narrow phone needs them. */
const rowHeight = 60;
const columns: ReadonlyArray<readonly [order: RecordOrder, name: string]> = [
  ["time", "Time"],
  ["kind", "What"],
  ["words", "Value"]
];

type Sorting = Pick<RecordQuery, "order" | "isDescending">;

/** Every record that will be stored, as a table that can be searched and sorted; a row shows its datum. */
export const RecordsView = ({ localTime }: { readonly localTime: LocalTime }) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="card" aria-labelledby="records">
      <h2 id="records">Every record</h2>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>Search and sort all that will be stored</summary>
        {isOpen && <Records localTime={localTime} />}
      </details>
    </section>
  );
};

const Records = ({ localTime }: { readonly localTime: LocalTime }) => {
  const [search, setSearch] = useState("");
  const [sorting, setSorting] = useState<Sorting>({ order: "time", isDescending: false });
  const [chosen, setChosen] = useState<number>();
  const frame = useRef<HTMLDivElement>(null);
  const { total, rowAt, need } = useRecordPages(useDeferredValue(search), sorting);
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 8
  });
  const items = virtualizer.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => need(first, last), [need, first, last]);
  const sort = (order: RecordOrder): void =>
    setSorting((now) => ({ order, isDescending: now.order === order && !now.isDescending }));
  return (
    <>
      <label className="answer">
        Search{" "}
        <input
          type="search"
          value={search}
          placeholder="bolus, 2026-03-14, …"
          onChange={({ target }) => setSearch(target.value)}
        />
      </label>
      <p className="note" role="status">
        {formatCount(total, "record")}
      </p>
      <div className="records" ref={frame} role="table" aria-label="Records" aria-rowcount={total + 1} tabIndex={0}>
        <div role="row" className="records-head" aria-rowindex={1}>
          {columns.map(([order, name]) => (
            <div
              key={order}
              role="columnheader"
              aria-sort={sorting.order !== order ? "none" : sorting.isDescending ? "descending" : "ascending"}
            >
              <button type="button" onClick={() => sort(order)}>
                {name}
                {sorting.order === order && (sorting.isDescending ? " ↓" : " ↑")}
              </button>
            </div>
          ))}
        </div>
        <div role="rowgroup" style={{ height: virtualizer.getTotalSize() }} className="records-body">
          {items.map(({ index, start }) => {
            const row = rowAt(index);
            return (
              <div
                key={index}
                role="row"
                aria-rowindex={index + 2}
                className="records-row"
                style={{ transform: `translateY(${start}px)`, height: rowHeight }}
              >
                <div role="cell">{row && !Number.isNaN(row.time) ? formatTime(row.time, localTime, "full") : ""}</div>
                <div role="cell">
                  {row && plainRecordTitle(row.kind)} <small>{row?.kind}</small>
                </div>
                <div role="cell">
                  {row && (
                    <button type="button" aria-expanded={chosen === row.row} onClick={() => setChosen(row.row)}>
                      {row.words === "" ? "Show" : row.words}
                    </button>
                  )}
                </div>
              </div>
            );
          })}
        </div>
      </div>
      {chosen !== undefined && <OneDatum row={chosen} />}
    </>
  );
};

const OneDatum = ({ row }: { readonly row: number }) => {
  const { worker } = useServices();
  const [text, setText] = useState("");
  useEffect(() => {
    let isCurrent = true;
    worker
      .ask((api) => api.datumAt(row))
      .then((datum) => isCurrent && setText(JSON.stringify(datum, undefined, 2)))
      .catch((error: unknown) => isCurrent && setText(String(error)));
    return () => {
      isCurrent = false;
    };
  }, [row, worker]);
  return (
    <pre className="datum" aria-label="The datum as it is sent" tabIndex={0}>
      {text}
    </pre>
  );
};
