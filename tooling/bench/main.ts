// `npm run bench [-- NAME …]`: measures speed and memory, as ratios within one run.
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Bench } from "./bench.ts";

const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname).filter(
  (file) => file.endsWith(".ts") && file !== "main.ts" && file !== "bench.ts"
);

const benches: Array<Bench> = [];
for (const file of files) {
  const module = (await import(`./${file}`)) as { readonly bench?: Bench };
  if (module.bench !== undefined) benches.push(module.bench);
}
const chosen = benches.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (chosen.length === 0) {
  console.error(`No such benchmark. There are: ${benches.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

console.log(`Node ${process.versions.node}, ${availableParallelism()} cores, ${process.platform} ${process.arch}`);
for (const { name, run } of chosen) {
  console.log(`\n== ${name}`);
  await run((line) => console.log(line));
}
