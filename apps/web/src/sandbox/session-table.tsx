import type { Remote } from "comlink";
import { formatNumber } from "../format/number.ts";
import type { WorkerApi } from "../worker/worker-api.ts";
import { useAsked } from "./use-asked.ts";

const sessions = (worker: Remote<WorkerApi>) => worker.sessions();
const created = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** The sessions of the user, with how many datums each holds. */
export const SessionTable = () => {
  const rows = useAsked(sessions, 2000) ?? [];
  return (
    <table className="log">
      <caption>Sessions of this user</caption>
      <thead>
        <tr>
          <th scope="col">Program</th>
          <th scope="col">Opened</th>
          <th scope="col" className="number">
            Datums
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, appName, createdTime, datums }) => (
          <tr key={id}>
            <th scope="row">
              {appName} <code>{id}</code>
            </th>
            <td>{createdTime === "" ? "" : created.format(new Date(createdTime))}</td>
            <td className="number">{formatNumber(datums)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
