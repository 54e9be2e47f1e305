import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

it("no SQL has numbered parameters: Node before 22.20 and 24.7 takes them for names, and binds nothing", () => {
  const files = globSync("{packages,apps}/*/src/**/*.ts", { cwd: root });
  const withSql = files.filter((file) => readFileSync(join(root, file), "utf8").includes("node:sqlite"));
  expect(withSql.length).toBeGreaterThan(3);
  expect(withSql.filter((file) => /\?\d/.test(readFileSync(join(root, file), "utf8")))).toEqual([]);
});
