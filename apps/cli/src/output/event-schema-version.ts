/**
 * Which version of `schema/events.schema.json` the lines of `--json` follow. It rises where a member goes or means something else; new
 * members and new events may come without that.
 */
export const eventSchemaVersion = 1;
