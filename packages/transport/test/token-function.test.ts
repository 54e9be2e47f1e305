import { Unreachable } from "@tideway/core";
import { createTransport } from "@tideway/transport";
import { expect, it } from "vitest";
import { usePlatform } from "./platform/control.ts";

const platform = usePlatform();
const ann = { tokens: { "token-ann": "ann" }, users: { ann: { email: "ann@example.org", password: "pässword" } } };

const tokens = async () => (await platform.seen()).map(({ headers }) => headers["x-tidepool-session-token"]);

it("asks a function for the token of each request, and again where the server refuses it", async () => {
  await platform.set(ann);
  const given = ["token-old", "token-ann", "token-ann"];
  const transport = createTransport({ environment: platform.url, credentials: async () => given.shift()! });
  expect((await transport.currentUser()).userId).toBe("ann");
  expect((await transport.currentUser()).userId).toBe("ann");
  expect(await tokens()).toEqual(["token-old", "token-ann", "token-ann"]);
});

it("takes a function that answers at once", async () => {
  await platform.set(ann);
  const transport = createTransport({ environment: platform.url, credentials: () => "token-ann" });
  expect((await transport.currentUser()).userId).toBe("ann");
});

it("ends with the signal, which the function is given, whether it listens or not", async () => {
  let heard: AbortSignal | undefined;
  const transport = createTransport({
    environment: platform.url,
    credentials: ({ signal }) => {
      heard = signal;
      return new Promise(() => undefined);
    }
  });
  const controller = new AbortController();
  const asked = transport.currentUser({ signal: controller.signal });
  controller.abort(new Error("enough"));
  await expect(asked).rejects.toThrow("enough");
  expect(heard?.aborted).toBe(true);
  expect(await platform.seen()).toEqual([]);
});

it.each([
  ["throws", () => Promise.reject(new RangeError("secret-1"))],
  ["gives nothing", () => Promise.resolve(undefined as unknown as string)],
  ["gives what no header can hold", () => Promise.resolve("two secret-1\nlines")]
])("says that somebody has to log in where the function %s, without repeating a secret", async (_, credentials) => {
  const transport = createTransport({ environment: platform.url, credentials });
  const thrown: unknown = await transport.currentUser().catch((error: unknown) => error);
  expect(thrown).toMatchObject({ _tag: "Unauthenticated" });
  expect((thrown as Error).message).not.toContain("secret-1");
});

it("passes on an error of Tideway: the function may say that trying again later helps", async () => {
  const credentials = () => Promise.reject(new Unreachable({ message: "The vault is away." }));
  const transport = createTransport({ environment: platform.url, credentials });
  await expect(transport.currentUser()).rejects.toMatchObject({ _tag: "Unreachable", message: "The vault is away." });
});

it("refuses credentials that are neither a login nor a function", () => {
  const credentials = "token-ann" as unknown as () => string;
  expect(() => createTransport({ environment: platform.url, credentials })).toThrow("or a function that gives a token");
});
