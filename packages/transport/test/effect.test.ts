import { Transport } from "@tideway/core/effect";
import { HttpTransport } from "@tideway/transport/effect";
import * as ConfigProvider from "effect/ConfigProvider";
import * as Effect from "effect/Effect";
import { expect, it } from "vitest";
import { usePlatform } from "./platform/control.ts";

const platform = usePlatform();
const ann = { tokens: { "token-ann": "ann" }, users: { ann: { email: "ann@example.org", password: "pässword" } } };

const program = Effect.gen(function* () {
  const { userId } = yield* HttpTransport.currentUser;
  yield* HttpTransport.requireRight("view", userId);
  const transport = yield* Transport;
  return [userId, transport.server];
});

const configured = (config: Record<string, string>) =>
  program.pipe(
    Effect.provide(HttpTransport.layer),
    Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(config)))
  );

it.each([
  ["a token", { TIDEPOOL_TOKEN: "token-ann" }],
  ["an e-mail address and a password", { TIDEPOOL_EMAIL: "ann@example.org", TIDEPOOL_PASSWORD: "pässword" }]
])("is configured with %s", async (_, account) => {
  await platform.set(ann);
  const config = { TIDEWAY_API: platform.url, ...account };
  expect(await Effect.runPromise(configured(config))).toEqual(["ann", platform.url]);
});

it.each([
  ["TIDEWAY_API", { TIDEPOOL_TOKEN: "token-ann" }],
  ["TIDEPOOL_EMAIL", { TIDEWAY_API: "integration" }],
  ["TIDEPOOL_PASSWORD", { TIDEWAY_API: "integration", TIDEPOOL_EMAIL: "ann@example.org" }]
])("names %s where that is missing", async (name, config) => {
  const error = await Effect.runPromise(Effect.flip(configured(config as Record<string, string>)));
  expect(String(error)).toContain(name);
});

it("takes any options, and fails with the typed errors of core", async () => {
  await platform.set(ann);
  const tag = await program.pipe(
    Effect.provide(HttpTransport.layerOf({ environment: platform.url, credentials: () => "token-of-nobody" })),
    Effect.as("none"),
    Effect.catchTag("Unauthenticated", ({ _tag }) => Effect.succeed(_tag)),
    Effect.runPromise
  );
  expect(tag).toBe("Unauthenticated");
});
