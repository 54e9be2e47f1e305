import { linkSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ann, asAnn, readings, storedIds } from "./readings.ts";
import { createCli } from "./run-cli.ts";

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const content = `${readings(3)
  .map((datum) => JSON.stringify(datum))
  .join("\n")}\nnot a datum\n`;
beforeEach(() => {
  for (const name of ["soft.ndjson", "hard.ndjson"]) rmSync(join(cli.home, name), { force: true });
  writeFileSync(join(cli.home, "input.ndjson"), content);
  symlinkSync("input.ndjson", join(cli.home, "soft.ndjson"));
  linkSync(join(cli.home, "input.ndjson"), join(cli.home, "hard.ndjson"));
});

const input = () => readFileSync(join(cli.home, "input.ndjson"), "utf8");
const client = "--app org.example.own";

describe("a command never writes over its own input", () => {
  it.each([
    ["the file itself", "upload input.ndjson --dry-run --report ./input.ndjson", "--report is the input itself"],
    ["the file itself as a ledger", "upload input.ndjson --ledger input.ndjson", "--ledger is the input itself"],
    ["standard input and --report", "upload - --report input.ndjson < input.ndjson", "--report is the input itself"],
    ["standard input and --ledger", "upload - --ledger input.ndjson < input.ndjson", "--ledger is the input itself"],
    ["a symbolic link", "upload input.ndjson --report soft.ndjson", "--report is the input itself"],
    ["a link read, its target written", "upload soft.ndjson --report input.ndjson", "--report is the input itself"],
    ["a hard link", "upload hard.ndjson --report input.ndjson", "--report is the input itself"],
    ["/dev/stdin read", "upload /dev/stdin --report soft.ndjson < input.ndjson", "--report is the input itself"],
    ["/dev/stdin written", "upload input.ndjson --report /dev/stdin < hard.ndjson", "--report is the input itself"],
    ["standard output", "upload input.ndjson --json >> input.ndjson", "standard output is the input itself"],
    ["standard error", "verify input.ndjson 2>> soft.ndjson", "standard error is the input itself"],
    ["ids and --ledger", "remove - --yes --ledger input.ndjson < input.ndjson", "--ledger is the input itself"]
  ])("%s", async (_, args, message) => {
    const { code, stderr } = await cli.shell(`tideway ${args} ${client}`, { env: asAnn(server) });
    expect(code).toBe(2);
    // What goes to the input itself is the one thing that cannot be kept from it: the shell has opened it for that.
    if (!args.includes(">>")) {
      expect(stderr).toContain(message);
      expect(input()).toBe(content);
    }
    expect(input().startsWith(content)).toBe(true);
    expect(await storedIds(server, "org.example.own")).toEqual([]);
  });

  it.each([
    ["that is there", "--report input.ndjson --ledger hard.ndjson"],
    ["that is not there yet", "--report new.ndjson --ledger ./new.ndjson"],
    ["by a link to what is not there yet", "--report dangling.ndjson --ledger new.ndjson"]
  ])("nor two things into one file %s", async (_, args) => {
    rmSync(join(cli.home, "dangling.ndjson"), { force: true });
    symlinkSync("new.ndjson", join(cli.home, "dangling.ndjson"));
    writeFileSync(join(cli.home, "other.ndjson"), content);
    const { code, stderr } = await cli.shell(`tideway upload other.ndjson ${args} ${client}`, { env: asAnn(server) });
    expect(code).toBe(2);
    expect(stderr).toContain("--ledger and --report are one file");
    expect(input()).toBe(content);
  });

  it("and takes what may be shared: /dev/null, one terminal or pipe for all that is said", async () => {
    const args = `upload input.ndjson --app org.example.shared --report /dev/null`;
    const { code, stdout } = await cli.shell(`tideway ${args} < /dev/null 2>&1`, { env: asAnn(server) });
    expect(code).toBe(3);
    expect(stdout).toContain("3 datums sent, 1 refused.");
  });
});
