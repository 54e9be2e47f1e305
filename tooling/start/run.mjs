// The door to every command of a clean clone: `npm run demo`, `npm test` and the rest come through here.
import { join } from "node:path";
import { ensureNode, install, root, run } from "./node.mjs";

/** Each command is a program in this repository, run from source by Node itself. */
const commands = {
  demo: "tooling/demo/main.ts",
  test: "tooling/check/main.ts",
  bench: "tooling/bench/main.ts",
  soak: "tooling/soak/main.ts",
  web: "tooling/start/web.ts",
  tideway: "apps/cli/src/main.ts"
};

const [name, ...args] = process.argv.slice(2);
const program = commands[name];
if (program === undefined) {
  console.error(`Say one of: ${Object.keys(commands).join(", ")}`);
  process.exit(2);
}

ensureNode();
install();
const cwd = process.env.INIT_CWD ?? process.cwd();
process.exit(
  run(process.execPath, ["--disable-warning=ExperimentalWarning", join(root, program), ...args], {
    cwd: name === "tideway" ? cwd : root,
    shell: false
  })
);
