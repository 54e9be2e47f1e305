import type { Chart } from "@tideway/charts";
import { useState } from "react";

const classOf = (isNumber: boolean | undefined): string | undefined => (isNumber === true ? "number" : undefined);

/** The numbers of a chart, worked out and shown when they are asked for. */
export const ChartTable = ({ chart }: { readonly chart: Chart }) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>The numbers as a table</summary>
      {isOpen && <Numbers chart={chart} />}
    </details>
  );
};

const Numbers = ({ chart }: { readonly chart: Chart }) => {
  const { caption, columns, rows } = chart.table();
  return (
    <div className="table-frame">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, isNumber }) => (
              <th key={name} scope="col" className={classOf(isNumber)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([heading = "", ...cells], index) => (
            <tr key={`${heading} ${index}`}>
              <th scope="row">{heading}</th>
              {cells.map((cell, at) => (
                <td key={columns[at + 1]?.name} className={classOf(columns[at + 1]?.isNumber)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
