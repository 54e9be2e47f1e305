import type { Progress } from "@tideway/core";
import { formatBytes, formatCount } from "../format/number.ts";

/** What the engine did or met, in a sentence; undefined where there is nothing to tell. */
export const engineNote = (event: Progress): string | undefined => {
  switch (event.type) {
    case "session":
      return event.opened ? "Opened a session." : "Found the session that is open.";
    case "chunk":
      return `${formatCount(event.datums, "datum")} acknowledged in one request (${formatBytes(event.bytes)}).`;
    case "unchanged":
      return `${formatCount(event.datums, "datum")} already there: not sent.`;
    case "rejected":
      return event.rejection.by === "server"
        ? `The server refuses ${event.rejection.at}: found, reported, and the rest goes on without it.`
        : undefined;
    case "waiting":
      return `${event.reason} Goes on in ${(event.milliseconds / 1000).toFixed(1)} s.`;
    case "ledger":
      return event.message;
    case "done":
      return undefined;
  }
};
