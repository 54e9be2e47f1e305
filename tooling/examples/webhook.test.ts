import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Example, openExample } from "./open-example.ts";
import { ann, bob, reading, service, startSandbox } from "./sandbox-with-people.ts";

let example: Example;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
  [example, sandbox] = await Promise.all([openExample("webhook"), startSandbox()]);
});
afterAll(() => sandbox.close());

it("compiles by its strict options", async () => expect(await example.compile()).toBe(""));

it("takes 40 uploads at once for two people, and Tidepool has everything once", async () => {
  const { match, stop } = await example.start(
    {
      TIDEWAY_API: sandbox.url,
      TIDEWAY_CLIENT_ID: service.clientId,
      TIDEWAY_CLIENT_SECRET: service.secret,
      TIDEWAY_LEDGER: join(example.folder, "ledger.db"),
      WEBHOOK_SECRET: "shared",
      PORT: "0"
    },
    /port (\d+)/
  );
  const post = async (userId: string, body: string, secret = "shared") => {
    const answer = await fetch(`http://127.0.0.1:${match[1]}/users/${userId}/readings`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}` },
      body
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  // Each overlaps with the next: what two of them have is sent by one.
  const postOf = (index: number) => {
    const readings = Array.from({ length: 20 }, (_, number) => reading(index * 10 + number));
    return post([ann, bob][index % 2]!.userId, JSON.stringify(index < 2 ? [...readings, { type: "cbg" }] : readings));
  };
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => postOf(index)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(answers[0]!.body["rejected"]).toEqual([{ index: 20, message: expect.stringContaining("time") }]);
  for (const [offset, person] of [ann, bob].entries()) {
    const sent = Array.from({ length: 20 }, (_, index) => (2 * index + offset) * 10);
    const minutes = new Set(sent.flatMap((first) => Array.from({ length: 20 }, (_, number) => first + number)));
    const expected = [...minutes].map((minute) => reading(minute).time).sort();
    expect(await sandbox.timesOf(person)).toEqual(expected);
  }

  expect((await post(ann.userId, "[]", "guessed")).status).toBe(401);
  expect((await post(ann.userId, "{}")).status).toBe(400);
  expect(await stop()).toMatchObject({ code: 0, stderr: "" });
});
