#!/usr/bin/env node
import { keepMemorySteady } from "@tideway/core/node";
import { run } from "./run.ts";

keepMemorySteady();

// Whoever reads the answer may have heard enough (`… | head -1`): the work goes on, and its exit code tells of it.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.exit(1);
});
// Words for people are no reason to stop, whoever no longer takes them (`2>&1 | head`, a closed terminal, a full disk).
process.stderr.on("error", () => {});

const code = await run(process.argv.slice(2));
// A pipe may still hold what was written, and a connection may still be kept open: neither is a reason to wait or to lose.
process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
