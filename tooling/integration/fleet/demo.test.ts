import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const program = fileURLToPath(new URL("../../fleet/main.ts", import.meta.url));

it("npm run fleet: three workers, one killed, a storm of 429 and a dead login, and every session equals what was put in", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", program], {
    encoding: "utf8",
    env: { ...process.env, FLEET_USERS: "30", DATABASE_URL: undefined }
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("killed (kill -9)");
  expect(stdout).toContain("user-7 Unauthenticated is a dead letter");
  expect(stdout).toMatch(/^all +30 +1,020 +1,020 +0 +0 +0 +yes$/m);
}, 300_000);
