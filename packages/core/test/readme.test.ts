import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

it("the README's example runs", () => {
  const readme = readFileSync(join(import.meta.dirname, "..", "README.md"), "utf8");
  const code = /<!-- example: core -->\s+```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  // Within the package, where its own name leads to its source.
  const folder = mkdtempSync(join(import.meta.dirname, ".example-"));
  try {
    writeFileSync(join(folder, "example.ts"), code);
    const env = { ...process.env, NODE_NO_WARNINGS: "1" };
    const output = execFileSync(process.execPath, [join(folder, "example.ts")], { encoding: "utf8", env });
    expect(output).toBe("1 sent\n1 read, 0 rejected\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
