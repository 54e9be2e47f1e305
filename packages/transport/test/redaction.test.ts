import {
  clientCredentials,
  createTransport,
  fixedToken,
  memoryTokenStore,
  passwordLogin,
  storedLogin,
  storePasswordLogin,
  Token
} from "@tideway/transport";
import { expect, it } from "vitest";
import { usePlatform } from "./platform/control.ts";
import { inBrowser } from "./platform/start.ts";

const platform = usePlatform();
const email = "ann.secret@example.org";
const password = "pass-secret-word";
const value = 17.31337;

// Everything a program could print of a thing: what a log shows, what a crash shows, what JSON has.
const { inspect } = inBrowser ? { inspect: undefined } : await import("node:util");
const faces = (thing: unknown): string => {
  const deep = { depth: 20, showHidden: true, getters: true, maxStringLength: null, maxArrayLength: null };
  const error = thing instanceof Error ? [thing.stack, thing.message, String(thing.cause)] : [];
  return [JSON.stringify(thing), JSON.stringify({ thing }), String(thing), inspect?.(thing, deep), ...error].join("\n");
};

it("shows no token, password, e-mail address or health value in anything that a whole run makes", async () => {
  const scripts = [
    { on: "POST /dataservices/v1/datasets/s1/data", status: 400, body: refusal() },
    { on: "POST /dataservices/v1/datasets/s1/data", status: 401, body: "", times: 2 },
    { on: "POST /dataservices/v1/datasets/s1/data", status: 500, body: refusal() },
    { on: "POST /dataservices/v1/datasets/s1/data", status: 503, body: refusal() },
    { on: "POST /dataservices/v1/datasets/s1/data", status: 403, body: refusal() },
    { on: "POST /dataservices/v1/datasets/s1/data", status: 200, body: `<html>${value}` },
    { on: "POST /dataservices/v1/datasets/s1/data", cut: "before" as const },
    { on: "POST /dataservices/v1/datasets/s1/data", status: 302, headers: { Location: "https://elsewhere.example" } }
  ];
  await platform.set({ users: { ann: { email, password } } });
  const store = memoryTokenStore();
  const made: Array<unknown> = [];
  const keep = async (work: () => Promise<unknown>) => {
    try {
      made.push(await work());
    } catch (error) {
      made.push(error);
    }
  };

  await keep(() => storePasswordLogin({ environment: platform.url, store, email, password: `${password}-wrong` }));
  await storePasswordLogin({ environment: platform.url, store, email, password });
  const token = (JSON.parse((await store.read(platform.url)) ?? "") as { token: string }).token;
  const credentials = storedLogin({ store });
  const transport = createTransport({ environment: platform.url, credentials });
  made.push(transport, credentials, store);

  const datum = JSON.stringify([{ type: "cbg", value }]);
  for (const script of scripts) {
    await platform.change({ scripted: [script] });
    await keep(() => transport.postData("s1", datum));
  }
  await platform.change({ scripted: [{ on: "GET /data/ann", body: `[{"value":${value},]` }] });
  await keep(async () => transport.readData("ann", {})[Symbol.asyncIterator]().next());
  await platform.change({ scripted: [{ on: "GET /auth/user", body: JSON.stringify({ username: email }) }] });
  await keep(() => transport.currentUser());
  const user = await transport.currentUser();
  expect(user.email).toBe(email);
  made.push({ ...user }, JSON.parse(JSON.stringify(user)));

  const fixed = fixedToken(token);
  const byPassword = passwordLogin({ email, password });
  const service = clientCredentials({ clientId: "service", clientSecret: password, issuer: "http://127.0.0.1:47811" });
  made.push(fixed, byPassword, service, new Token(token));
  for (const one of [byPassword, service]) {
    await keep(() => createTransport({ environment: "http://127.0.0.1:47811", credentials: one }).currentUser());
  }
  for (const bad of [`${token}\n${token}`, `${token} ${token}`, `${token}é`]) await keep(async () => fixedToken(bad));

  const written = made.map(faces).join("\n");
  expect(made.filter((one) => one instanceof Error).length).toBeGreaterThan(12);
  expect(written).toContain("[token]");
  const parts = token.split(":").filter((part) => part.length > 3);
  for (const secret of [token, ...parts, password, btoa(`${email}:${password}`), email, "ann.secret", String(value)]) {
    // Not toContain: its own failure message would print what it must not.
    expect(written.includes(secret), `a secret of ${secret.length} characters was written`).toBe(false);
  }
});

const refusal = () =>
  JSON.stringify({
    code: "value-out-of-range",
    title: "value is out of range",
    detail: `value ${value} of ${email} is not between 0 and 10`,
    source: { pointer: "/0/value" },
    meta: { type: "cbg" }
  });
