import { expect, it } from "vitest";
import { measure } from "./measure.ts";

const kB = (bytes: number) => (bytes / 1000).toFixed(1);

/** Programs as a web app would write them, with what each may weigh, in bytes gzipped. */
const programs = [
  {
    name: "the Promise face of core, the transport, and readings of glucose alone",
    limit: 75_000,
    program: `
      import { createClientOf } from "@tideway/core";
      import { modelOf } from "@tideway/schemas";
      import { cbg } from "@tideway/schemas/kinds/cbg";
      import { createTransport, passwordLogin } from "@tideway/transport";
      export const start = (email, password, userId) =>
        createClientOf(modelOf([cbg]), {
          transport: createTransport({ environment: "production", credentials: passwordLogin({ email, password }) }),
          userId,
          app: { name: "org.example.app", version: "1.0.0" }
        });
    `
  },
  {
    name: "the Promise face of core, the transport, and every kind of datum",
    limit: 85_000,
    program: `
      import { createClient } from "@tideway/core";
      import { createTransport, passwordLogin } from "@tideway/transport";
      export const start = (email, password, userId) =>
        createClient({
          transport: createTransport({ environment: "production", credentials: passwordLogin({ email, password }) }),
          userId,
          app: { name: "org.example.app", version: "1.0.0" }
        });
    `
  },
  {
    name: "the transport with a password login",
    limit: 23_000,
    program: `export { createTransport, passwordLogin } from "@tideway/transport";`
  },
  {
    name: "the transport with a login through the browser",
    limit: 32_000,
    program: `
      export { createTransport } from "@tideway/transport";
      export { browserLogin, browserTokenStore } from "@tideway/transport/browser";
    `
  }
];

it.each(programs)("$name weighs at most $limit bytes gzipped", async ({ name, program, limit }) => {
  const { gzipped, minified, parts } = await measure(program);
  const by = parts.slice(0, 8).map(([part, bytes]) => `${part} ${kB(bytes)}`);
  console.log(`${name}: ${kB(gzipped)} kB gzipped, ${kB(minified)} kB minified (${by.join(", ")})`);
  expect(gzipped).toBeLessThanOrEqual(limit);
});
