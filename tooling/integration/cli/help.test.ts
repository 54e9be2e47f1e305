import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, asAnn, readings } from "./readings.ts";
import { createCli, type CliRun } from "./run-cli.ts";

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
/** Each command's help, by its words. */
const helps = new Map<string, CliRun>();

/** The commands that a help lists, one a line, with what they do beside them. */
const listed = ({ stdout }: CliRun): ReadonlyArray<string> =>
  stdout
    .split(/^Flags/mu)[0]!
    .split("\n\n")
    .slice(2)
    .flatMap((group) => [...group.matchAll(/^ {2}([a-z]+) {2,}\S/gmu)].map(([, name]) => name!));

/** Asks every command for its help, from the list of commands on. */
const askFrom = async (words: ReadonlyArray<string>): Promise<void> => {
  const run = await cli.run([...words, "--help"]);
  helps.set(words.join(" "), run);
  if (!/<subcommand>/u.test(run.stdout)) return;
  await Promise.all(listed(run).map((name) => askFrom([...words, name])));
};

beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
  await askFrom([]);
}, 180_000);
afterAll(async () => {
  await server.close();
  cli.remove();
});

const readme = readFileSync(new URL("../../../apps/cli/README.md", import.meta.url), "utf8");

const all = () => [...helps.values()].map(({ stdout }) => stdout).join("\n");

describe("help", () => {
  it("and the README know the same flags, and every command answers with exit code 0 and says nothing on stderr", () => {
    const flagsIn = (text: string) => new Set([...text.matchAll(/--[a-z][a-z-]+/gu)].map(([flag]) => flag));
    const [shown, written] = [flagsIn(all()), flagsIn(readme)];
    for (const flag of ["--global"]) written.delete(flag);
    expect([...written].filter((flag) => !shown.has(flag))).toEqual([]);
    expect([...shown].filter((flag) => !written.has(flag))).toEqual([]);
    expect(helps.size).toBeGreaterThan(12);
    for (const [command, { code, stderr }] of helps) {
      expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: "" });
    }
  });

  it("shows examples of every command", () => {
    const without = [...helps].filter(
      ([, { stdout }]) => !/<subcommand>/u.test(stdout) && !/^Examples$/mu.test(stdout)
    );
    expect(without.map(([command]) => command)).toEqual([]);
  });

  it("fits into 40 columns without a broken word, and stays a command line that can be copied", async () => {
    const narrow = (await cli.run(["upload", "--help"], { env: { COLUMNS: "40" } })).stdout;
    const lines = narrow.split("\n");
    expect(lines.filter((line) => line.length > 40)).toEqual([]);
    const words = (text: string) => text.replaceAll("\\\n", " ").split(/\s+/u).join(" ");
    expect(words(narrow)).toBe(words(helps.get("upload")!.stdout));
  });

  it("comes by `help`, `help COMMAND` and without a word, and is refused for what is no command", async () => {
    const [bare, help, ofOne, ofNone] = await Promise.all([
      cli.run([]),
      cli.run(["help"]),
      cli.run(["help", "session", "open"]),
      cli.run(["help", "nonsense"])
    ]);
    expect(bare).toMatchObject({ code: 0, stdout: helps.get("")!.stdout });
    expect(help).toMatchObject({ code: 0, stdout: bare.stdout });
    expect(ofOne).toMatchObject({ code: 0, stdout: helps.get("session open")!.stdout });
    expect(ofNone).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("no command nonsense") });
  });

  it("no secret can be given by a flag", async () => {
    expect(all()).not.toMatch(/--(?:password|token|secret)\b(?!-)/u);
    expect((await cli.run(["login", "--password", "x"])).code).toBe(2);
  });
});

describe("version", () => {
  it("is the same by the flag and the command, which says more", async () => {
    const [flag, command, json] = await Promise.all([
      cli.run(["--version"]),
      cli.run(["version"]),
      cli.run(["--json", "version"])
    ]);
    expect(flag).toMatchObject({ code: 0, stdout: "tideway 0.0.0\n", stderr: "" });
    expect(command.stdout).toBe(
      `tideway 0.0.0\nNode ${process.versions.node} on ${process.platform} ${process.arch}\n`
    );
    expect(json.events()).toEqual([
      expect.objectContaining({ type: "result", version: "0.0.0", node: process.versions.node })
    ]);
  });
});

describe("completion", () => {
  /** What bash offers for the last word of a line, with the script of `completion bash`. */
  const offered = async (...words: ReadonlyArray<string>) => {
    const { stdout } = await cli.shell(`bash --norc -c '
      source "${join(cli.home, "completion.bash")}"
      COMP_WORDS=(${words.map((word) => `"${word}"`).join(" ")}); COMP_CWORD=${words.length - 1}
      COMP_LINE="${words.join(" ")}"; COMP_POINT=\${#COMP_LINE}
      _tideway tideway "${words.at(-1)}" "${words.at(-2)}"; printf "%s\\n" "\${COMPREPLY[@]}"'`);
    return stdout.split("\n").filter((line) => line !== "");
  };

  it("completes commands, flags, words of flags, and files wherever a file is wanted, in bash", async () => {
    writeFileSync(join(cli.home, "completion.bash"), (await cli.run(["completion", "bash"])).stdout);
    writeFileSync(join(cli.home, "glucose readings.csv"), "");
    writeFileSync(join(cli.home, "glucose.json"), "");
    expect(await offered("tideway", "up")).toEqual(["upload"]);
    expect(await offered("tideway", "session", "op")).toEqual(["open"]);
    expect((await offered("tideway", "upload", "gluc")).sort()).toEqual(
      ["glucose.json", "glucose\\ readings.csv"].sort()
    );
    expect(await offered("tideway", "upload", "--mapping", "glucose.")).toEqual(["glucose.json"]);
    expect(await offered("tideway", "upload", "--units", "mm")).toEqual(["mmol/L"]);
    expect(await offered("tideway", "upload", "--dry")).toEqual(["--dry-run"]);
    expect(await offered("tideway", "upload", "--js")).toEqual(["--json"]);
  });

  it("completes every flag that takes a file or a folder", () => {
    const script = readFileSync(join(cli.home, "completion.bash"), "utf8");
    const paths = new Set([...all().matchAll(/(--[a-z-]+) (?:FILE|DIR)\b/gu)].map(([, flag]) => flag!));
    expect(paths.size).toBeGreaterThan(4);
    for (const flag of paths) expect(script).toMatch(new RegExp(`${flag}\\)\\n +_tideway--paths`, "u"));
  });

  it("leaves file names to fish, and gives them to zsh and PowerShell", async () => {
    const [zsh, fish, powershell, other] = await Promise.all(
      ["zsh", "fish", "powershell", "csh"].map((shell) => cli.run(["completion", shell]))
    );
    expect(zsh!.stdout).toMatch(/^#compdef tideway\n/u);
    expect(zsh!.stdout).toMatch(/_tideway_upload\(\)[\s\S]*?'\*:[^\n]*:_files'/u);
    const forUpload = fish!.stdout.split("\n").filter((line) => /__fish_seen_subcommand_from upload/u.test(line));
    expect(forUpload.length).toBeGreaterThan(5);
    expect(forUpload.filter((line) => line.endsWith("upload' -f"))).toEqual([]);
    expect(powershell!.stdout).toContain("Register-ArgumentCompleter");
    expect(other).toMatchObject({ code: 2, stdout: "" });
    for (const { stdout } of [zsh!, fish!, powershell!]) expect(stdout).not.toContain("--completions");
  });
});

describe("examples", () => {
  const clarity = [
    "Index,Timestamp (YYYY-MM-DDThh:mm:ss),Event Type,Event Subtype,Patient Info,Device Info,Source Device ID,Glucose Value (mg/dL),Insulin Value (u),Carb Value (grams),Duration (hh:mm:ss),Glucose Rate of Change (mg/dL/min),Transmitter Time (Long Integer),Transmitter ID",
    "1,,FirstName,,Ann,,,,,,,,,",
    "2,2026-03-01T08:00:00,EGV,,,,iPhone G6,120,,,,,1000,8ABCDE"
  ];

  /** What the examples speak of. */
  const prepare = async () => {
    const put = (name: string, content: string | Uint8Array) => writeFileSync(join(cli.home, name), content);
    const lines = readings(3).map((each) => JSON.stringify(each));
    for (const folder of [".zfunc", ".config/fish/completions", "data"]) {
      mkdirSync(join(cli.home, folder), { recursive: true });
    }
    put("export.json", `[${lines.join(",")}]`);
    for (const name of ["glucose.ndjson", "data/glucose.ndjson"]) put(name, lines.join("\n"));
    put("glucose.ndjson.gz", gzipSync(lines.join("\n")));
    put("entries.json", JSON.stringify([{ _id: "a", type: "sgv", sgv: 120, date: 1_772_323_200_000, device: "x" }]));
    put("treatments.json", "[]");
    put("profile.json", "[]");
    put("Clarity_Export.csv", `${clarity.join("\r\n")}\r\n`);
    const invalid = [...readings(2), { ...readings(1)[0]!, value: -1, origin: { id: "bad" } }];
    put("invalid.json", JSON.stringify(invalid));
    await run("tideway upload invalid.json --yes");
  };

  const run = (command: string) =>
    cli.shell(command, {
      env: { ...asAnn(server), PROFILE: join(cli.home, "profile.ps1"), TIDEPOOL_PASSWORD: ann.password }
    });

  /** The same line with this test's server in place of others. */
  const runnable = (command: string): string =>
    command
      .replaceAll("http://127.0.0.1:8009", server.url)
      .replaceAll("--env integration", `--api ${server.url}`)
      .replaceAll("server integration", `server ${server.url}`)
      .replaceAll(" /data/", " data/")
      .replaceAll("TIDEPOOL_EMAIL=… TIDEPOOL_PASSWORD=…", "");

  const ofHelp = () =>
    [...helps.values()].flatMap(({ stdout }) =>
      [...stdout.replaceAll(/ \\\n +/gu, " ").matchAll(/^ {4}\$ (.+)$/gmu)].map(([, command = ""]) => command)
    );
  const ofReadme = [...readme.matchAll(/```sh\n([\s\S]*?)```/gu)]
    .flatMap(([, block = ""]) => block.split("\n"))
    .map((line) => line.replace(/\s+#.*$/u, ""))
    .filter((line) => /\btideway\b/u.test(line) && !/^(?:npm|export) /u.test(line));

  it("of help and of the README run as they stand, but for the server", { timeout: 400_000 }, async () => {
    await prepare();
    const all = [...new Set([...ofReadme, ...ofHelp()])];
    expect(all.length).toBeGreaterThan(40);
    const failed: Array<unknown> = [];
    for (const command of all) {
      // These go on until they are stopped, or belong to a test of their own.
      if (/(?:^|\* )tideway (?:sandbox|sync|download|restore|report)\b/u.test(command)) continue;
      const { code, stderr } = await run(runnable(command));
      // Nobody is there to say yes or who they are; and what an earlier example has made, or deleted, is there or gone.
      const isAnswer =
        /--yes|--force|Say who|Nobody was logged in|has no server/u.test(stderr) && code !== null && code <= 4;
      const isTruth = [/^tideway (?:verify export|rejected retry)/u, /^tideway session find/u].some(
        (pattern, index) => pattern.test(command) && code === [3, 1][index]
      );
      if (code !== 0 && !isAnswer && !isTruth) failed.push({ command, code, stderr: stderr.slice(0, 300) });
    }
    expect(failed).toEqual([]);
  });
});
