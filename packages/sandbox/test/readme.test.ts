import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const readme = readFileSync(join(root, "README.md"), "utf8");
const runnable = [...readme.matchAll(/<!-- run -->\n\n```(sh|ts)\n([\s\S]*?)```/g)].map(([, language, code = ""]) => ({
  language,
  code
}));
const blocks = (language: string) => runnable.filter((block) => block.language === language).map(({ code }) => code);

const hasCurl = (): boolean => {
  try {
    execFileSync("curl", ["--version"]);
    return true;
  } catch {
    return false;
  }
};

let server: Listening;
let folder = "";
beforeAll(async () => {
  server = await listen(createSandbox({ admin: true }));
  mkdirSync(join(root, "dist"), { recursive: true });
  folder = mkdtempSync(join(root, "dist", "readme-"));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe("the README", () => {
  it("has something to run", () => expect([blocks("sh").length, blocks("ts").length]).toEqual([2, 2]));

  it.skipIf(!hasCurl())("uploads and reads back with curl lines as they stand (skipped without curl)", async () => {
    const script = (blocks("sh")[0] ?? "").replaceAll("http://127.0.0.1:8009", server.url);
    const { stdout } = await promisify(execFile)("sh", ["-eu", "-c", script]);
    expect(stdout).toContain('{"data":[],"meta"');
    expect(stdout).toMatch(/"time":"2026-01-01T07:00:00Z","type":"cbg","units":"mmol\/L".*"value":6\.6609/);
  });

  it.skipIf(!hasCurl())("switches faults with curl lines as they stand (skipped without curl)", async () => {
    const script = (blocks("sh")[1] ?? "").replaceAll("http://127.0.0.1:8009", server.url);
    const { stdout } = await promisify(execFile)("sh", ["-eu", "-c", script]);
    expect(stdout).toContain('"status":503');
    expect(stdout).toMatch(/\[\]$/);
  });

  it.each(blocks("ts"))("prints what its example says: %#", async (code) => {
    const file = join(folder, "example.ts");
    writeFileSync(file, code);
    const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder });
    expect(stdout.trim()).toBe(/\/\/ (.*)/.exec(code)?.[1]);
  });
});
