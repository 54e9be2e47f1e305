import type { Counts, Receipt } from "@tideway/core";
import { sayNumber } from "../say/number.ts";

const columns: ReadonlyArray<readonly [key: keyof Counts, name: string]> = [
  ["read", "Read"],
  ["sent", "Sent"],
  ["unchanged", "Already there"],
  ["rejected", "Refused"],
  ["skipped", "Left out"]
];

const rowsOf = (receipt: Receipt): ReadonlyArray<readonly [name: string, counts: Counts]> =>
  Object.entries(receipt.kinds)
    .filter((row): row is [string, Counts] => row[1] !== undefined)
    .sort(([, a], [, b]) => b.read - a.read);

/** What became of the datums of each kind. */
export const ReceiptCounts = ({ receipt }: { readonly receipt: Receipt }) => (
  <div className="table-frame" role="region" aria-label="What became of each kind" tabIndex={0}>
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
                {sayNumber(counts[key])}
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
              {sayNumber(receipt[key])}
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  </div>
);
