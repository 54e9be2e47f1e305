import { formatNumber } from "../format/number.ts";
import { plainKindTitle } from "../preview/plain-kinds.ts";

/** How many datums of each kind a file has. */
export const KindCounts = ({ kinds }: { readonly kinds: ReadonlyArray<readonly [kind: string, count: number]> }) => (
  <table className="kinds">
    <caption>Datums by kind</caption>
    <thead className="unseen">
      <tr>
        <th scope="col">Kind</th>
        <th scope="col">Datums</th>
      </tr>
    </thead>
    <tbody>
      {kinds.map(([kind, count]) => (
        <tr key={kind}>
          <th scope="row">
            {plainKindTitle(kind)} <small>{kind}</small>
          </th>
          <td className="number">{formatNumber(count)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
