// The door to every command of a clean clone: `npm run demo`, `npm test` and the rest come through here.
import { join } from "node:path";
import { ensureNode, install, root, run, runWithPnpm } from "./node.mjs";

/** Each command is a program of this repository, run from source by Node itself. */
const commands = {
  demo: { program: "tooling/demo/main.ts" },
  test: { program: "tooling/check/main.ts", pnpm: true },
  bench: { program: "tooling/bench/main.ts" },
  fleet: { program: "tooling/fleet/main.ts" },
  soak: { program: "tooling/soak/main.ts" },
  web: { program: "tooling/start/web.ts" },
  // A person names files from where they stand.
  tideway: { program: "apps/cli/src/main.ts", cwd: process.env.INIT_CWD ?? process.cwd() }
};

const [name, ...words] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.error(`Say one of: ${Object.keys(commands).join(", ")}`);
  process.exit(2);
}

ensureNode();
install();
const args = ["--disable-warning=ExperimentalWarning", join(root, command.program), ...words];
const options = { cwd: command.cwd ?? root };
process.exit(
  command.pnpm ? runWithPnpm("node", args, options) : run(process.execPath, args, { ...options, shell: false })
);
