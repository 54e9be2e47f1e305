import { eventSchemaVersion } from "./event-schema-version.ts";

/** The last line of a command under `--json`: how it ended, and what came of it. */
export const resultEvent = (
  status: "success" | "partial" | "failure",
  fields: { readonly [key: string]: unknown }
) => ({
  type: "result",
  schema: eventSchemaVersion,
  status,
  ...fields
});
