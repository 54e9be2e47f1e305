import type { Remote } from "comlink";
import type { WorkerApi } from "../worker/worker-api.ts";
import { useAsked } from "./use-asked.ts";

const shown = 12;
const log = (worker: Remote<WorkerApi>) => worker.log();

/** The last requests that the sandbox answered, and which faults they met. */
export const RequestTable = () => {
  const entries = useAsked(log, 700) ?? [];
  return (
    <table className="log">
      <caption>Requests, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Request</th>
          <th scope="col" className="number">
            Answer
          </th>
          <th scope="col">Fault</th>
        </tr>
      </thead>
      <tbody>
        {entries.slice(0, shown).map(({ at, method, path, status, milliseconds, faults }, index) => (
          <tr key={`${at} ${index}`}>
            <th scope="row">
              <code>
                {method} {path}
              </code>
            </th>
            <td className="number">
              {status === 0 ? "cut" : status}, {Math.round(milliseconds)} ms
            </td>
            <td>{faults.join(", ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
