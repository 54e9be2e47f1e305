import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createSandbox } from "@tideway/sandbox";
import { listen } from "@tideway/sandbox/node";
import { expect, it } from "vitest";

const page = readFileSync(join(import.meta.dirname, "..", "..", "packages", "core", "EFFECT.md"), "utf8");
const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);

/** What each block prints, in the order of the page. */
const printed = [
  "1 sent into 1 session\n",
  "session\nchunk\ndone\n10 as they should be\nThe meter is off.\n",
  "span tideway.upload\n",
  "readings: done\n"
];

it("every block of the page on Effect runs as it stands", async () => {
  const user = { email: "reader@tideway.example", password: "reads the manual" };
  const server = await listen(await createSandbox({ users: [user] }));
  const folder = mkdtempSync(join(import.meta.dirname, ".effect-"));
  try {
    const env = {
      ...process.env,
      NODE_NO_WARNINGS: "1",
      TIDEWAY_API: server.url,
      TIDEPOOL_EMAIL: user.email,
      TIDEPOOL_PASSWORD: user.password,
      TIDEWAY_LEDGER: join(folder, "ledger.db")
    };
    const outputs = await Promise.all(
      blocks.map(async (code, index) => {
        const file = join(folder, `block-${index}.ts`);
        writeFileSync(file, code);
        return (await promisify(execFile)(process.execPath, [file], { env })).stdout;
      })
    );
    expect(outputs).toEqual(printed);
  } finally {
    rmSync(folder, { recursive: true });
    await server.close();
  }
});
