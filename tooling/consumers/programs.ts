/** What every program here prints. */
export const printed = "1 sent, 0 rejected";

/** Packages that a program of any runtime only has to be able to import. */
const portable = ["charts", "metrics", "sandbox", "sources", "transport"];

/** The same for programs of Node and its like, which may speak to a database. */
const all = [...portable, "fleet"];

const importsOf = (names: ReadonlyArray<string>) =>
  [
    `import { createClient } from "@tideway/core";`,
    `import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";`,
    ...names.map((name) => `import * as ${name} from "@tideway/${name}";`)
  ].join("\n");

const requiresOf = (names: ReadonlyArray<string>) =>
  [
    `const { createClient } = require("@tideway/core");`,
    `const { createMemoryLedger, createMemoryTransport } = require("@tideway/core/testing");`,
    ...names.map((name) => `const ${name} = require("@tideway/${name}");`)
  ].join("\n");

const bodyWith = (names: ReadonlyArray<string>) => `
const start = async () => {
  for (const imported of [${names.join(", ")}]) {
    if (!Object.values(imported).some((member) => typeof member === "function")) throw new Error("nothing imported");
  }
  const client = createClient({
    transport: createMemoryTransport(),
    userId: "0123456789",
    app: { name: "org.example.app", version: "1.0.0" },
    ledger: createMemoryLedger()
  });
  const receipt = await client.upload([{ type: "cbg", time: "2026-01-01T08:00:00Z", units: "mg/dL", value: 104 }]);
  return receipt.sent + " sent, " + receipt.rejected + " rejected";
};
`;

const print = "start().then((line) => console.log(line));\n";

/** Imports every package and uploads one reading into memory. */
export const esmProgram = `${importsOf(all)}\n${bodyWith(all)}\n${print}`;

/** The same by `require`. */
export const commonJsProgram = `${requiresOf(all)}\n${bodyWith(all)}\n${print}`;

/** The same as a test of Jest. */
export const jestProgram = `${importsOf(all)}\n${bodyWith(all)}
test("uploads", async () => expect(await start()).toBe("${printed}"));
`;

/** The same for a browser or React Native, with the packages that run there. */
export const portableProgram = `${importsOf(portable)}\n${bodyWith(portable)}\n${print}`;
