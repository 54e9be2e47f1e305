import type { Exchange } from "../exchange.ts";
import { escapeHtml, htmlAnswer } from "../oidc/login-page.ts";
import { serverTime } from "../server-time.ts";
import type { DataSetRecord, DatumRecord } from "../store/store.ts";
import type { UserRecord } from "../store/user-record.ts";

const newestShown = 20;

const table = (heads: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<unknown>>, empty: string): string => {
  if (rows.length === 0) return `<p>${escapeHtml(empty)}</p>`;
  const head = heads.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join("");
  const body = rows.map(
    (row) => `<tr>${row.map((cell) => `<td>${escapeHtml(String(cell ?? ""))}</td>`).join("")}</tr>`
  );
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table>`;
};

const stateOf = ({ deleted, closed, active }: DataSetRecord): string => {
  if (deleted) return "deleted";
  if (closed) return "closed";
  return active ? "open" : "open, not listed";
};

const shortOf = ({ json }: DatumRecord): string => {
  const {
    id: _id,
    time: _time,
    type: _type,
    uploadId: _uploadId,
    ...rest
  } = JSON.parse(json) as Record<string, unknown>;
  const text = JSON.stringify(rest);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
};

const newest = (datums: Iterable<DatumRecord>): ReadonlyArray<DatumRecord> => {
  let kept: Array<DatumRecord> = [];
  for (const datum of datums) {
    kept.push(datum);
    if (kept.length > 1000) kept = kept.sort((a, b) => b.time - a.time).slice(0, newestShown);
  }
  return kept.sort((a, b) => b.time - a.time).slice(0, newestShown);
};

/** GET /: users, sessions, the newest data and the last requests, for a person to look at. */
export const showPage = ({ platform, now, url }: Exchange): Response => {
  const { store, log, faults } = platform;
  const users: ReadonlyArray<UserRecord> = store.users();
  const sets = users.flatMap((user) => store.dataSetsOf(user.userId));
  const rights = (user: UserRecord) =>
    Object.entries(user.permissions)
      .map(([target, granted]) => `${granted.join(", ")} on ${target}`)
      .join("; ");
  const counts = (uploadId: string) =>
    Object.entries(store.countDatums(uploadId))
      .map(([type, count]) => `${count} ${type}`)
      .join(", ");
  const data = newest(store.readDatums({ uploadIds: sets.map(({ uploadId }) => uploadId) }));
  return htmlAnswer(
    200,
    "Tideway sandbox",
    `<main><h1>Tideway sandbox</h1>
<p>A local Tidepool at <code>${escapeHtml(url.origin)}</code>; its clock says ${serverTime(now)}.
${faults.current().length === 0 ? "No faults are switched on." : `${faults.current().length} fault rules are switched on.`}</p>
<h2>Users</h2>
${table(
  ["user id", "e-mail", "rights"],
  users.map((user) => [user.userId, user.email, rights(user)]),
  "No users."
)}
<h2>Sessions</h2>
${table(
  ["id", "user", "client", "type", "state", "opened", "holds"],
  sets.map((set) => {
    const { client, dataSetType, createdTime } = set.body as {
      readonly client?: { readonly name?: string };
    } & DataSetRecord["body"];
    return [set.uploadId, set.userId, client?.name, dataSetType, stateOf(set), createdTime, counts(set.uploadId)];
  }),
  "None yet: POST /v1/users/{userId}/data_sets opens one."
)}
<h2>Newest data</h2>
${table(
  ["time", "type", "content"],
  data.map((datum) => [Number.isNaN(datum.time) ? "" : serverTime(datum.time), datum.type, shortOf(datum)]),
  "None yet."
)}
<h2>Last requests</h2>
${table(
  ["when", "method", "path", "status", "ms", "faults"],
  log
    .entries()
    .map(({ at, method, path, status, milliseconds, faults: met }) => [
      serverTime(at),
      method,
      path,
      status === 0 ? "cut" : status,
      Math.round(milliseconds),
      met.join(", ")
    ]),
  "None yet."
)}
</main>`
  );
};
