import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { describe, expect, it } from "vitest";
import { packPackages } from "./packages.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packages = await packPackages();

/** Rows that an ESM-only package answers with by design: old resolvers do not know `exports`, CommonJS imports it. */
const byDesign = new Set(["NoResolution", "CJSResolvesToESM"]);

it("every package of packages/ is packed", () => {
  expect(packages.map(({ name }) => name).sort()).toEqual([
    "@tideway/charts",
    "@tideway/core",
    "@tideway/fleet",
    "@tideway/metrics",
    "@tideway/sandbox",
    "@tideway/schemas",
    "@tideway/sources",
    "@tideway/transport"
  ]);
});

describe.each(packages)("$name as npm delivers it", ({ name, folder, tarball }) => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly keywords?: ReadonlyArray<string>;
    readonly homepage?: string;
    readonly bugs?: string;
    readonly dependencies?: Record<string, string>;
    readonly optionalDependencies?: Record<string, string>;
    readonly exports: Record<string, string | { readonly types?: string; readonly default: string }>;
  };

  it("is a well-formed package", async () => {
    const { messages, pkg } = await publint({ pkgDir: folder, strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it("has types that every modern resolver finds", async () => {
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
    if (!analysis.types) throw new Error("no types");
    expect(analysis.problems.filter(({ kind }) => !byDesign.has(kind))).toEqual([]);
  });

  it("depends on ranges, so that an app has one copy of what it uses too", () => {
    const { dependencies = {}, optionalDependencies = {} } = manifest;
    const pinned = Object.entries({ ...dependencies, ...optionalDependencies }).filter(
      ([, range]) => !/^\^\d/.test(range)
    );
    expect(pinned).toEqual([]);
  });

  it("tells npm what it is, and lets tools read its manifest", () => {
    expect(manifest.keywords).toContain("tidepool");
    expect(manifest.homepage).toContain(name.replace("@tideway/", "packages/"));
    expect(manifest.bugs).toMatch(/^https:/);
    expect(manifest.exports["./package.json"]).toBe("./package.json");
  });

  it("has every file that its exports name, and no workspace: version", () => {
    const named = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === "string" ? [entry] : [entry.default, ...(entry.types === undefined ? [] : [entry.types])]
    );
    expect(named.filter((file) => !file.includes("*") && !existsSync(join(folder, file)))).toEqual([]);
    expect(readFileSync(join(folder, "package.json"), "utf8")).not.toMatch(/workspace:|catalog:/);
    expect(existsSync(join(folder, "LICENSE"))).toBe(true);
  });
});

/** Gives a package's own dependencies to it: our packages as packed, all others as installed here. */
const linkDependencies = (folder: string, name: string): void => {
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8")
  ) as {
    readonly dependencies?: Record<string, string>;
    readonly peerDependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
    const packed = packages.find((other) => other.name === dependency)?.folder;
    const link = join(folder, "node_modules", dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(
      packed ?? join(root, "packages", name.replace("@tideway/", ""), "node_modules", dependency),
      link,
      "junction"
    );
  }
};

it("a program outside the workspace imports every package from dist, and type-checks", () => {
  const consumer = join(packages[0]?.folder ?? "", "..", "consumer");
  const modules = join(consumer, "node_modules", "@tideway");
  mkdirSync(modules, { recursive: true });
  for (const { name, folder } of packages) {
    symlinkSync(folder, join(modules, name.replace("@tideway/", "")), "junction");
    linkDependencies(folder, name);
  }
  const imports = packages.map(({ name }, index) => `import * as package${index} from "${name}";`).join("\n");
  const sizes = packages.map((_, index) => `Object.keys(package${index}).length > 0`).join(", ");
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(consumer, "main.ts"), `${imports}\nconsole.log([${sizes}].join(" "));\n`);
  const node = spawnSync(process.execPath, ["main.ts"], { cwd: consumer, encoding: "utf8" });
  expect(node.stdout.trim(), node.stderr).toBe(packages.map(() => "true").join(" "));
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--types", ""];
  const tsc = spawnSync(join(root, "node_modules", ".bin", "tsc"), [...options, "main.ts"], {
    cwd: consumer,
    encoding: "utf8",
    shell: process.platform === "win32"
  });
  expect(tsc.stdout).toBe("");
});
