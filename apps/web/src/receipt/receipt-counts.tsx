import type { Counts, Receipt } from "@tideway/core";
import { formatNumber } from "../format/number.ts";

type Column = readonly [key: keyof Counts, name: string];

const everyColumn: ReadonlyArray<Column> = [
  ["read", "Read"],
  ["sent", "Sent"],
  ["unchanged", "Already there"],
  ["rejected", "Refused"],
  ["skipped", "Left out"]
];

/** Those that have something to tell: a page is narrow. */
const columnsOf = (receipt: Receipt): ReadonlyArray<Column> =>
  everyColumn.filter(([key]) => receipt[key] > 0 || key === "read" || key === "sent" || key === "unchanged");

const rowsOf = (receipt: Receipt): ReadonlyArray<readonly [name: string, counts: Counts]> =>
  Object.entries(receipt.kinds)
    .filter((row): row is [string, Counts] => row[1] !== undefined)
    .sort(([, a], [, b]) => b.read - a.read);

/** What became of the datums of each kind. */
export const ReceiptCounts = ({ receipt }: { readonly receipt: Receipt }) => {
  const columns = columnsOf(receipt);
  return (
    <div className="table-frame">
      <table className="receipt-counts">
        <caption className="unseen">What became of the datums of each kind</caption>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            {columns.map(([key, name]) => (
              <th key={key} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(receipt).map(([kind, counts]) => (
            <tr key={kind}>
              <th scope="row">{kind}</th>
              {columns.map(([key]) => (
                <td key={key} className="number">
                  {formatNumber(counts[key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {columns.map(([key]) => (
              <td key={key} className="number" data-count={key}>
                {formatNumber(receipt[key])}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
};
