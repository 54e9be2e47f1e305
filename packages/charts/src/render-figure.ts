import type { Chart } from "./chart.ts";
import type { DataTable } from "./data-table.ts";
import { escapeMarkup, renderSvg } from "./render-svg.ts";

/** A table as HTML. */
export const renderTable = ({ caption, columns, rows }: DataTable): string => {
  const classOf = (index: number): string => (columns[index]?.isNumber === true ? ' class="number"' : "");
  const head = columns.map(({ name }, index) => `<th scope="col"${classOf(index)}>${escapeMarkup(name)}</th>`).join("");
  const body = rows.map((row) => {
    const cells = row.map((cell, index) =>
      index === 0 ? `<th scope="row">${escapeMarkup(cell)}</th>` : `<td${classOf(index)}>${escapeMarkup(cell)}</td>`
    );
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<table><caption>${escapeMarkup(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
};

/** A chart as a figure of HTML: the drawing, its finding below it, and its numbers as a table that unfolds. */
export const renderFigure = (chart: Chart): string =>
  `<figure>${renderSvg(chart)}<figcaption>${escapeMarkup(chart.finding)}</figcaption>` +
  `<details><summary>The numbers</summary>${renderTable(chart.table())}</details></figure>`;
