#!/usr/bin/env node
import { run } from "./run.ts";

const code = await run(process.argv.slice(2));
// A pipe may still hold what was written, and a connection may still be kept open: neither is a reason to wait or to lose.
process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
