import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    // One more than there are cores: many tests wait for a browser or another process most of the time.
    maxWorkers: availableParallelism() + 1,
    // Far more than anything takes: with every processor at work, it waits for its turn. Nothing here measures speed.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 120_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "packages",
          include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.{ts,tsx}"],
          // Nothing in these tests changes what the next file sees, so that modules need loading only once.
          isolate: false
        }
      },
      {
        extends: true,
        test: {
          name: "tooling",
          include: ["tooling/**/*.test.ts"],
          globalSetup: [fileURLToPath(new URL("once/run-folder.ts", import.meta.url))]
        }
      }
    ]
  }
});
