import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type { ModelledOptions } from "../client.ts";
import { type Policy, policyOf } from "../policy/policy.ts";
import { Halt } from "./halt.ts";
import { type Server, serverOf } from "./server.ts";
import { Trouble } from "./trouble.ts";

/** What a wait is for. */
export interface Waiting {
  /** One sentence for people. */
  readonly reason: string;
  readonly milliseconds: number;
  /** How often the request has failed; 0 where the server asked everybody for a pause. */
  readonly attempt: number;
}

/** Everything that one operation of a client works with. */
export interface Engine {
  readonly client: ModelledOptions;
  readonly policy: Policy;
  readonly server: Server;
  readonly trouble: Trouble;
  readonly onWait: (waiting: Waiting) => void;
  readonly halt: Halt;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What the operations of one client share: its policy, and its server's gate, known to all clients of this process. */
export const engineFor = (client: ModelledOptions, onWait: (waiting: Waiting) => void = () => undefined) =>
  Effect.gen(function* () {
    const policy = policyOf(client.policy);
    const server = serverOf(client.transport.server);
    const clock = yield* Clock.Clock;
    const now = () => clock.currentTimeMillisUnsafe();
    const trouble = new Trouble(policy.retry);
    return { client, policy, server, trouble, onWait, now, halt: new Halt() } satisfies Engine;
  });
