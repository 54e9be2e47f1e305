#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { exitCode } from "./lifecycle/exit-code.ts";
import { leave } from "./lifecycle/leave.ts";
import { watchStandardStreams, writeStdout } from "./output/standard-streams.ts";
import { compileCacheFolder } from "./state/compile-cache-folder.ts";
import { versionLine } from "./version.ts";

const args = process.argv.slice(2);
watchStandardStreams();
if (args.length === 1 && args[0] === "--version") {
  writeStdout(`${versionLine}\n`);
  await leave(exitCode.success);
}
// Ledgers, reports, logins and the sandbox's data are nobody else's business, whatever the caller's umask.
process.umask(0o077);
enableCompileCache(compileCacheFolder());
const { start } = await import("./start.ts");
await leave(await start(args));
