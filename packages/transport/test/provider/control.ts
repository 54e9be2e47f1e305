import { afterAll, beforeAll, beforeEach } from "vitest";
import { startProvider } from "../platform/start.ts";
import type { Behaviour } from "./provider.ts";

/** The issuer of a test file. */
export interface Issuer {
  readonly url: string;
  behave(behaviour: Behaviour): Promise<void>;
  /** Ends every grant, as a person does who revokes a program's access. */
  revoke(): Promise<void>;
  /** How often tokens were asked for. */
  tokenRequests(): Promise<number>;
}

/** Starts the issuer for this file's tests. */
export const useIssuer = (): Issuer => {
  let running: Awaited<ReturnType<typeof startProvider>>;
  const behave = async (behaviour: Behaviour) => {
    await fetch(`${running.url}/__/behave`, { method: "POST", body: JSON.stringify(behaviour) });
  };
  beforeAll(async () => {
    running = await startProvider();
  });
  beforeEach(() => behave({}));
  afterAll(() => running.close());
  return {
    get url() {
      return running.url;
    },
    behave,
    revoke: async () => void (await fetch(`${running.url}/__/revoke`)),
    tokenRequests: async () => (await (await fetch(`${running.url}/__/count`)).json()) as number
  };
};
