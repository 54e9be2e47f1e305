#!/usr/bin/env node
import { keepMemorySteady } from "@tideway/core/node";
import { leave } from "./lifecycle/leave.ts";
import { watchStandardStreams } from "./output/standard-streams.ts";
import { run } from "./run.ts";

keepMemorySteady();
watchStandardStreams();
// Ledgers, reports, logins and the sandbox's data are nobody else's business, whatever the caller's umask.
process.umask(0o077);

await leave(await run(process.argv.slice(2)));
