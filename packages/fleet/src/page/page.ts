import type { Fleet } from "../fleet.ts";
import type { FleetStatus } from "../operators/status.ts";
import type { FleetUser } from "../operators/users.ts";

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
};
const text = (value: string | number) => String(value).replaceAll(/[&<>"']/g, (character) => escapes[character] ?? "");

/** Seconds in words: `45 s`, `12 min`, `5.2 h`, `3.1 d`. */
export const inWords = (seconds: number): string => {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} d`;
};

const table = (caption: string, head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string | number>>) => `
<table><caption>${text(caption)}</caption>
<thead><tr>${head.map((cell) => `<th scope="col">${text(cell)}</th>`).join("")}</tr></thead>
<tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${text(cell)}</td>`).join("")}</tr>`).join("\n")}</tbody></table>`;

const figures = (status: FleetStatus): ReadonlyArray<ReadonlyArray<string | number>> => [
  ["Longest since a user's last success", inWords(status.longestSinceSuccess)],
  ["Users", status.users],
  ["Paused users", status.pausedUsers],
  ["Users who wait", status.depth],
  ["Oldest of them waits since", inWords(status.oldestReady)],
  ["Users who wait for their next try", status.deferred],
  ["Jobs that are worked on", status.active],
  ["Dead letters", status.deadLetters],
  ["Refused datums", status.refusedDatums],
  ["Pause that the server asked for", status.serverPause > 0 ? inWords(status.serverPause) : "none"],
  ["Paused by an operator", status.paused ?? "no"]
];

/** How a fleet is, as one page of HTML without scripts. */
export const pageOf = (status: FleetStatus, users: ReadonlyArray<FleetUser>): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tideway fleet</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 0 0 2rem; width: 100% }
caption { text-align: left; font-weight: 600; padding: .5rem 0 }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8886; font-variant-numeric: tabular-nums }
</style></head><body><h1>Tideway fleet</h1>
${table("Now", ["what", "how much"], figures(status))}
${table("Users whose last try failed", ["error", "users"], Object.entries(status.failures))}
${table(
  "Users whose last success is longest ago",
  ["user", "since the last success", "datums that wait", "failed tries", "last error", "paused"],
  users.map(({ userId, sinceSuccess, waiting, failures, failure, paused }) => [
    userId,
    sinceSuccess === undefined ? "never" : inWords(sinceSuccess),
    waiting,
    failures,
    failure ?? "",
    paused ?? ""
  ])
)}
</body></html>
`;

/**
 * Answers a request with the page: read-only, the same at any address. It names user ids: put it behind your own login.
 */
export const fleetPage =
  (fleet: Pick<Fleet, "status" | "users">) =>
  async (request: Request): Promise<Response> => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return new Response("This page can only be read.\n", { status: 405, headers: { allow: "GET, HEAD" } });
    }
    const html = pageOf(await fleet.status(), await fleet.users({ limit: 100 }));
    return new Response(request.method === "HEAD" ? null : html, {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"
      }
    });
  };
