import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { requireNode } from "../src/too-old-node.ts";

it.each(["18.20.8", "20.19.0", "22.18.9", "8.0.0"])(
  "says on Node %s what is needed, and where it is to be had",
  (version) => {
    expect(() => requireNode(version)).toThrow(
      `Tideway needs Node 22.19 or newer, and this is Node ${version}. Install a newer one: https://nodejs.org`
    );
  }
);

it.each(["22.19.0", "22.20.1", "24.0.0", "100.1.0", undefined])("lets %s through", (version) => {
  expect(() => requireNode(version)).not.toThrow();
});

it.each(["index", "effect/index"])("is asked of the Node that runs, first of all when %s is imported", (entry) => {
  const before = `data:text/javascript,${encodeURIComponent(`
    Object.defineProperty(process.versions, "node", { value: "20.1.0" });
    Map.groupBy = undefined;
  `)}`;
  const file = fileURLToPath(new URL(`../src/${entry}.ts`, import.meta.url));
  const { stderr, status } = spawnSync(process.execPath, ["--import", before, file], { encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toContain("Error: Tideway needs Node 22.19 or newer, and this is Node 20.1.0.");
});
