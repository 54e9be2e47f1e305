import { defineCommand } from "../lifecycle/define-command.ts";

/** `tideway version` */
export const versionCommand = defineCommand("version", {
  description: "Says which version this is, and on which Node and system it runs.",
  examples: [{ command: "tideway version --json", description: "For a program" }],
  flags: {},
  load: async () => (await import("../actions/version.ts")).version
});
