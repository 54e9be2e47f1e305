import type * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { flag, path, whole } from "../arguments/flag.ts";
import { serverFlags, sessionFlags, readingFlags, ledgerFlags, filesArgument } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  files: filesArgument("Exports, dumps or datums as JSON, also folders of them; - for standard input"),
  ...serverFlags,
  ...sessionFlags,
  dryRun: flag("dry-run", "Read and check everything, send nothing").pipe(Flag.withAlias("n")),
  ...readingFlags,
  ...ledgerFlags,
  resend: flag("resend", "Send everything, also what is there already"),
  trustLedger: flag("trust-ledger", "Do not look whether another program has changed what is there"),
  report: path("report", "FILE", "Write down every datum that was refused or left out, as NDJSON"),
  out: path("out", "FILE", "Also write down every datum that was sent, or would be, as NDJSON"),
  chunkSize: whole("chunk-size", "Datums in a request, 1 to 1,000 (default: 1,000)"),
  concurrency: whole("concurrency", "Requests at once, 1 to 64 (default: 4)"),
  yes: flag(
    "yes",
    "Do not ask: neither before writing into production, nor where the same days are there already"
  ).pipe(Flag.withAlias("y"))
};

/** What `tideway upload` is called with. */
export type UploadOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway upload` */
export const uploadCommand = defineCommand("upload", {
  description:
    "Uploads a file into the continuous session of this app, which is opened where there is none. Running it again sends only what is new or changed.",
  examples: [
    { command: "tideway upload export.json --api http://127.0.0.1:8009", description: "Into a local sandbox" },
    { command: "tideway upload glucose.ndjson --dry-run", description: "Look before sending" },
    { command: "zcat glucose.ndjson.gz | tideway upload - --env integration --json", description: "From a pipe" }
  ],
  flags,
  load: async () => (await import("../actions/upload.ts")).upload
});
