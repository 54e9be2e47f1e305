import { createMemoryLedger, type Receipt } from "@tideway/core";
import { createMemoryStore, createSandbox, demoUser } from "@tideway/sandbox";
import { listen } from "@tideway/sandbox/node";
import { sampleDatums } from "@tideway/sandbox/sample";
import { createTransport, passwordLogin } from "@tideway/transport";
import { ownApp } from "../account/connect.ts";
import { openClient, toldBy } from "../account/open-client.ts";
import type { DemoOptions } from "../commands/demo.ts";
import { usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { counted, number } from "../output/in-words.ts";
import { receiptLines } from "../output/receipt-lines.ts";

const sentence = ({ read, sent, unchanged, requests }: Receipt): string =>
  `${number(read)} read, ${number(sent)} sent, ${number(unchanged)} already there, in ${counted(requests, "request")}`;

/** Does the main job against a Tidepool in this program's memory. */
export const demo = async ({ days }: DemoOptions, context: CommandContext): Promise<Outcome> => {
  if (days < 1 || days > 365) throw usageError("--days has to be 1 to 365.");
  const { output, signal } = context;
  const store = createMemoryStore();
  const server = await listen(createSandbox({ store }));
  try {
    output.say(`A local Tidepool, in this program's memory, listens at ${server.url}.`);
    const { email = "", password = "" } = demoUser;
    const transport = createTransport({
      environment: server.url,
      credentials: passwordLogin({ email, password }),
      app: ownApp
    });
    const { userId } = await transport.currentUser({ signal });
    const client = openClient({ transport, userId, app: ownApp.name, ledger: createMemoryLedger() });
    const datums = [...sampleDatums({ days })];
    output.say(`${counted(days, "day")} of an invented person's data: ${counted(datums.length, "datum")}.`);
    const first = await client.upload(datums, { signal });
    output.say(`Uploaded into the session ${first.sessionId}, opened for it: ${sentence(first)}.`);
    const found = await client.verify(datums, toldBy(context));
    output.say(`Read back: ${number(found.matched)} of ${number(found.expected)} are as they were sent.`);
    const again = await client.upload(datums, { signal });
    output.say(`Uploaded once more: ${sentence(again)}.`);
    const isWhole = found.differences.length === 0 && first.rejected === 0 && again.sent === 0;
    return {
      exitCode: isWhole ? exitCode.success : exitCode.failure,
      answer: [...receiptLines(first), "", isWhole ? "Everything arrived, once." : "Something is missing or doubled."],
      result: { days, first, verified: { ...found, differences: found.differences.length }, again }
    };
  } finally {
    await server.close();
    store.close();
  }
};
