import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

const manifestAt = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Manifest;

/** What the catalog pins: the version that everything is tested with. */
const testedVersion = (root: string, name: string): string => {
  const workspace = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
  const found = new RegExp(`^ {2}"?${name}"?: (\\d+\\.\\d+\\.\\d+)$`, "m").exec(workspace);
  if (!found) throw new Error(`The catalog has no ${name}.`);
  return found[1]!;
};

/** All that the examples need beside our packages, with exact versions: `react@19.3.1`. */
export const dependenciesOf = (root: string): ReadonlyArray<string> => {
  const names = new Set<string>();
  for (const path of globSync("tooling/examples/*/package.json", { cwd: root })) {
    const { dependencies = {}, devDependencies = {} } = manifestAt(join(root, path));
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) names.add(name);
  }
  const others = [...names].filter((name) => !name.startsWith("@tideway/"));
  return others.map((name) => `${name}@${testedVersion(root, name)}`);
};
