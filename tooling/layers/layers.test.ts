import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { plantedCopy } from "./planted-copy.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const copy = plantedCopy();
afterAll(() => copy.dispose());

const harmless = "export const planted = 1;\n";

describe("turbo boundaries", () => {
  const command = ["turbo", "boundaries"] as const;
  /** An import that each package must not make, down the list of layers or sideways. */
  const refused = [
    ["schemas", "core"],
    ["schemas", "sandbox"],
    ["core", "transport"],
    ["core", "sandbox"],
    ["core", "sources"],
    ["sandbox", "core"],
    ["sandbox", "transport"],
    ["sources", "core"],
    ["metrics", "core"],
    ["transport", "sandbox"],
    ["transport", "sources"],
    ["core", "fleet"],
    ["fleet", "sandbox"]
  ] as const;

  it("accepts the repository as it is", () => {
    expect(copy.tryWith("packages/schemas/src/planted.ts", harmless, command)).toMatchObject({ status: 0 });
  });

  for (const [from, to] of refused) {
    it(`refuses that ${from} imports ${to}`, () => {
      const planted = `import * as up from "@tideway/${to}";\nexport const planted = up;\n`;
      const { status, output } = copy.tryWith(`packages/${from}/src/planted.ts`, planted, command);
      expect(status).not.toBe(0);
      expect(output).toContain(`@tideway/${to}`);
    });
  }

  it("refuses that a package reaches into another one's folder", () => {
    const planted = `import { planted } from "../../schemas/src/index.ts";\nexport const again = planted;\n`;
    expect(copy.tryWith("packages/core/src/planted.ts", planted, command).status).not.toBe(0);
  });
});

describe("oxlint", () => {
  /** Rule, file in which the fault is planted, the fault, a word of the answer. */
  const faults = [
    [
      "Node inside a package",
      "packages/core/src/planted.ts",
      `import "node:fs";\n${harmless}`,
      "no-restricted-imports"
    ],
    [
      "the barrel of effect",
      "packages/core/src/planted.ts",
      `import { Effect } from "effect";\nexport const planted = Effect;\n`,
      "no-restricted-imports"
    ],
    [
      "the inside of another package",
      "packages/core/src/planted.ts",
      `import { check } from "@tideway/schemas/src/check.ts";\nexport const planted = check;\n`,
      "no-restricted-imports"
    ],
    [
      "the clock",
      "packages/core/src/planted.ts",
      "export const planted = () => Date.now();\n",
      "no-restricted-properties"
    ],
    [
      "chance",
      "packages/schemas/src/planted.ts",
      "export const planted = () => Math.random();\n",
      "no-restricted-properties"
    ],
    [
      "a timer",
      "packages/sources/src/planted.ts",
      "export const planted = () => setTimeout(() => 1, 1);\n",
      "no-restricted-globals"
    ],
    [
      "the network",
      "packages/metrics/src/planted.ts",
      `export const planted = () => fetch("x");\n`,
      "no-restricted-globals"
    ],
    [
      "the process",
      "packages/core/src/planted.ts",
      "export const planted = () => process.env;\n",
      "no-restricted-globals"
    ],
    [
      "the console",
      "packages/sandbox/src/planted.ts",
      `export const planted = () => console.log("x");\n`,
      "no-console"
    ],
    [
      "a default export",
      "packages/core/src/planted.ts",
      "const planted = 1;\nexport default planted;\n",
      "no-restricted-exports"
    ],
    ["a file over 300 lines", "packages/core/src/planted.ts", harmless + "// line\n".repeat(300), "max-lines"],
    ["any", "packages/core/src/planted.ts", "export const planted = (x: any) => x;\n", "no-explicit-any"],
    [
      "an import of itself",
      "packages/core/src/planted.ts",
      `import { planted as again } from "./planted.ts";\nexport const planted = (): unknown => again;\n`,
      "no-self-import"
    ]
  ] as const;

  for (const [what, file, content, rule] of faults) {
    it(`refuses ${what} in ${file.split("/")[1] ?? ""}`, () => {
      const { status, output } = copy.tryWith(file, content, ["oxlint", file]);
      expect(output).toContain(rule);
      expect(status).not.toBe(0);
    });
  }
});

describe("exports maps", () => {
  const { resolve } = createRequire(import.meta.url);

  for (const name of ["schemas", "core", "transport", "sandbox", "sources", "metrics", "fleet"]) {
    it(`close the inside of ${name}`, () => {
      expect(resolve(`@tideway/${name}`)).toContain(name);
      expect(() => resolve(`@tideway/${name}/src/index.ts`)).toThrow(
        expect.objectContaining({ code: "ERR_PACKAGE_PATH_NOT_EXPORTED" })
      );
    });
  }
});

describe("indexes", () => {
  it("name what they export, one by one", () => {
    const files = globSync("packages/*/src/**/*.ts", { cwd: root });
    expect(files.length).toBeGreaterThan(0);
    const starred = files.filter((file) => /^export \* /m.test(readFileSync(join(root, file), "utf8")));
    expect(starred).toEqual([]);
  });
});
