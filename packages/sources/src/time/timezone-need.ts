import type { Need, NeedExample } from "../need.ts";

/** The question for the zone of files that hold nothing but what a clock showed. */
export const timezoneNeed = (examples: ReadonlyArray<NeedExample>): Need => {
  const files = [...new Set(examples.map(({ file }) => file))];
  const message = `${files.join(", ")} ${files.length === 1 ? "holds" : "hold"} times as a clock showed them, without a time zone. Say which zone the clock was set to, such as Europe/Berlin.`;
  return { kind: "timezone", files, message, examples };
};
