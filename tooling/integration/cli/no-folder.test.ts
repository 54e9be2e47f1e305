import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, asAnn, readings } from "./readings.ts";
import { createCli } from "./run-cli.ts";

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
  symlinkSync("nowhere/at/all", join(cli.home, "dangling"));
  writeFileSync(join(cli.home, "file"), "");
  writeFileSync(join(cli.home, "two.json"), JSON.stringify(readings(2)));
  mkdirSync(join(cli.home, "empty"));
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const within = (path: string) => (path.startsWith("/") ? path : join(cli.home, path));

describe.skipIf(!existsSync("/proc/self"))(
  "where no folder can be made, tideway ends and says why and what to do",
  () => {
    const places = [
      ["a dangling link", "dangling", "dangling is a link that leads nowhere"],
      ["below a dangling link", "dangling/deep/er", "dangling is a link that leads nowhere"],
      ["a file", "file", "file is not a folder"],
      ["a folder that takes none", "/proc/tideway/deep", "nothing can be made in /proc"]
    ] as const;

    it.each(places)("for the ledger: %s", async (_, place, reason) => {
      const env = { ...asAnn(server), XDG_STATE_HOME: within(place) };
      const { code, stderr } = await cli.run(["upload", "two.json"], { env });
      expect(code).toBe(1);
      expect(stderr).toContain(reason);
      expect(stderr).toContain(`${within(place)}/tideway/ledger.sqlite`);
      expect(stderr).toContain("Name another place with --ledger FILE or XDG_STATE_HOME.");
    });

    it.each(places)("for the sandbox's data: %s", async (_, place, reason) => {
      const { code, stderr } = await cli.run(["sandbox", "--port", "0"], { env: { XDG_DATA_HOME: within(place) } });
      expect(code).toBe(1);
      expect(stderr).toContain(reason);
      expect(stderr).toMatch(/--data DIR or XDG_DATA_HOME.*--memory/u);
    });

    it.each(places)("for logins: %s", async (_, place, reason) => {
      const env = { TIDEWAY_API: server.url, XDG_CONFIG_HOME: within(place) };
      const args = ["login", "--email", ann.email, "--password-stdin"];
      const { code, stderr } = await cli.run(args, { env, stdin: `${ann.password}\n` });
      expect(code).toBe(4);
      expect(stderr).toContain(reason);
      expect(stderr).toContain(`${within(place)}/tideway/logins`);
    });

    it("for everything, where HOME is a file", async () => {
      const env = { ...asAnn(server), HOME: join(cli.home, "file") };
      const upload = await cli.run(["upload", "two.json"], { env });
      expect(upload.code).toBe(1);
      expect(upload.stderr).toContain(`${cli.home}/file is not a folder`);
      const whoami = await cli.run(["whoami"], { env: { ...env, TIDEPOOL_TOKEN: "" } });
      expect(whoami.stderr).not.toContain("ENOTDIR");
      expect(whoami.stderr).toContain("Nobody is logged in");
    });
  }
);

it("a home that is a link to itself is told in words", async () => {
  const script = 'ln -s loop loop; HOME="$PWD/loop" tideway upload two.json; echo $?';
  const { stdout, stderr } = await cli.shell(script, { env: { TIDEWAY_API: server.url } });
  expect(stdout.trim()).toBe("1");
  expect(stderr).toMatch(/its links lead in a circle \(ELOOP\)/u);
  expect(stderr).not.toContain("too many symbolic links");
});

describe("what tideway keeps", () => {
  it.each([
    ["empty", ""],
    ["relative", "somewhere"]
  ])("is never put under the current folder where HOME is %s", async (_, home) => {
    const state = join(cli.home, `state-${home}`);
    const script = `cd empty && HOME='${home}' tideway upload ../two.json --dry-run && HOME='${home}' XDG_STATE_HOME='${state}' tideway upload ../two.json; ls -A`;
    const { stdout, stderr } = await cli.shell(script, { env: asAnn(server) });
    expect(stdout, stderr).toContain("2 datums sent.");
    expect(readdirSync(join(cli.home, "empty"))).toEqual([]);
    expect(readdirSync(join(state, "tideway"))).toContain("ledger.sqlite");
  });

  it.each(["000", "777", "277"])("is for its owner only, whatever the umask: %s", async (umask) => {
    const home = join(cli.home, `home-${umask}`);
    mkdirSync(home);
    // One that is sent, so that there is a ledger, and one that is refused, so that there is a report.
    const good = '{"type":"cbg","time":"2026-03-01T08:00:00Z","units":"mg/dL","value":104}';
    writeFileSync(join(home, "bad.ndjson"), `${good}\n{"type":"nonsense"}\n`);
    const env = { TIDEWAY_API: server.url, HOME: home, PASSWORD: ann.password };
    const script = `umask ${umask}; cd '${home}'
      echo "$PASSWORD" | tideway login --email ${ann.email} --password-stdin &&
      tideway upload bad.ndjson --report report.ndjson
      tideway sandbox --port 0 --data '${home}/data/deep' & sandbox=$!
      while ! [ -s '${home}/data/deep/sandbox.sqlite' ]; do sleep 0.1; done; kill $sandbox; wait $sandbox`;
    const { stderr } = await cli.shell(script, { env });
    const made = readdirSync(home, { recursive: true, encoding: "utf8" }).filter((name) => name !== "bad.ndjson");
    expect(made, stderr).toEqual(expect.arrayContaining(["report.ndjson", ".local/state/tideway/ledger.sqlite"]));
    expect(made.length).toBeGreaterThan(8);
    for (const name of made) {
      const found = statSync(join(home, name));
      expect([name, (found.mode & 0o777).toString(8)]).toEqual([name, found.isDirectory() ? "700" : "600"]);
    }
  });
});
