/** What every program here prints. */
export const printed = "1 sent, 0 rejected";

/** Packages that the program only has to be able to import. */
const others = ["fleet", "metrics", "sandbox", "sources", "transport"];

const esmImports = [
  `import { createClient } from "@tideway/core";`,
  `import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";`,
  ...others.map((name) => `import * as ${name} from "@tideway/${name}";`)
].join("\n");

const commonJsImports = [
  `const { createClient } = require("@tideway/core");`,
  `const { createMemoryLedger, createMemoryTransport } = require("@tideway/core/testing");`,
  ...others.map((name) => `const ${name} = require("@tideway/${name}");`)
].join("\n");

const body = `
const start = async () => {
  for (const imported of [${others.join(", ")}]) {
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
export const esmProgram = `${esmImports}\n${body}\n${print}`;

/** The same by \`require\`. */
export const commonJsProgram = `${commonJsImports}\n${body}\n${print}`;

/** The same as a test of Jest. */
export const jestProgram = `${esmImports}\n${body}
test("uploads", async () => expect(await start()).toBe("${printed}"));
`;
