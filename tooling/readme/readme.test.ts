import { spawn } from "node:child_process";
import { globSync, mkdirSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSandbox } from "@tideway/sandbox";
import { listen } from "@tideway/sandbox/node";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");

const runFile = (
  file: string,
  env: Record<string, string>
): Promise<{ readonly code: number | null; readonly output: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [file], { env: { ...process.env, ...env, NODE_NO_WARNINGS: "1" } });
    let output = "";
    child.stdout.on("data", (text: Buffer) => (output += text.toString()));
    child.stderr.on("data", (text: Buffer) => (output += text.toString()));
    child.on("close", (code) => resolve({ code, output }));
  });

it("the example of the README is at most ten lines and uploads into a Tidepool", async () => {
  const code = /<!-- example: upload -->\s+```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  expect(code.split("\n").filter((line) => line.trim() !== "").length).toBeLessThanOrEqual(10);
  const folder = join(root, "tooling", "dist", "readme");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "upload.ts");
  writeFileSync(file, code);

  const user = { email: "reader@tideway.example", password: "reads the manual" };
  const server = await listen(await createSandbox({ users: [user] }));
  try {
    const env = { TIDEWAY_API: server.url, TIDEPOOL_EMAIL: user.email, TIDEPOOL_PASSWORD: user.password };
    expect(await runFile(file, env)).toEqual({ code: 0, output: "1 sent, 0 rejected []\n" });
  } finally {
    await server.close();
  }
});

it("every link of every README leads to a file", () => {
  const files = globSync(
    ["README.md", ".github/*.md", "packages/*/*.md", "apps/*/README.md", "tooling/examples/*/README.md"],
    { cwd: root }
  );
  const broken = files.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)]
      .map(([, link = ""]) => link)
      .filter((link) => !existsSync(join(root, dirname(file), link)))
      .map((link) => `${file}: ${link}`)
  );
  expect(broken).toEqual([]);
});

it("every place that the README names exists", () => {
  const rows =
    readme.slice(readme.indexOf("### Where things live")).match(/`((?:packages|apps|tooling)\/[^`]*)`/g) ?? [];
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.map((row) => row.slice(1, -1)).filter((place) => !existsSync(join(root, place)))).toEqual([]);
});

it("no README is longer than 200 lines", () => {
  const files = globSync(["README.md", "packages/*/README.md", "apps/*/README.md"], { cwd: root });
  const long = files
    .map((file) => ({ file, lines: readFileSync(join(root, file), "utf8").split("\n").length - 1 }))
    .filter(({ lines }) => lines > 200);
  expect(long).toEqual([]);
});
