import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { environmentOf } from "../../start/node.mjs";

it.skipIf(process.platform === "win32")(
  "a Node that is remembered is the `node` of every program that it starts",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "tideway-node-"));
    try {
      const node = join(folder, "node");
      writeFileSync(node, "#!/bin/sh\necho remembered\n");
      chmodSync(node, 0o755);
      const env = environmentOf(node, process.env);
      expect(spawnSync("sh", ["-c", "node"], { env, encoding: "utf8" }).stdout).toBe("remembered\n");
      expect(environmentOf(node, { Path: "C:\\Windows" })).toEqual({ Path: expect.stringContaining("C:\\Windows") });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
);
