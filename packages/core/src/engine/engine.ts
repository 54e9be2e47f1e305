import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type { ModelledOptions } from "../contract/client.ts";
import type { Policy } from "../contract/policy.ts";
import type { Progress } from "../contract/progress.ts";
import type { Waiter } from "../contract/waiting.ts";
import { policyOf } from "../policy/policy-of.ts";
import { retryOf } from "../policy/retry-presets.ts";
import { CongestionControl } from "./congestion-control.ts";
import { RetryBudget } from "./retry-budget.ts";
import { type Server, serverOf } from "./server.ts";
import { StopSignal } from "./stop-signal.ts";
import { withinDeadline } from "./within-deadline.ts";

/** Everything that one operation of a client works with. */
export interface Engine extends Waiter {
  readonly client: ModelledOptions;
  readonly policy: Policy;
  readonly server: Server;
  readonly retryBudget: RetryBudget;
  readonly congestion: CongestionControl;
  readonly stopSignal: StopSignal;
  /** Longest to wait for a ledger that another program holds, in milliseconds. */
  readonly busyTimeout: number;
  /** Hears that the ledger is no longer believed. */
  readonly onLedger: (told: Pick<LedgerEvent, "state" | "message">) => void;
}

type LedgerEvent = Extract<Progress, { readonly type: "ledger" }>;

/** How long another program is waited for that holds the ledger, unless said otherwise: in milliseconds. */
const usualBusyTimeout = 30_000;

/** What the operations of one client share: its policy, and its server's gate, known to all clients of this process. */
export const engineFor = (
  client: ModelledOptions,
  onWait: Waiter["onWait"] = () => undefined,
  busyTimeout: number = usualBusyTimeout,
  onLedger: Engine["onLedger"] = () => undefined
) =>
  Effect.gen(function* () {
    const policy = policyOf({ ...client.policy, retry: { ...retryOf(client), ...client.policy?.retry } });
    const server = serverOf(client.transport.server);
    const clock = yield* Clock.Clock;
    const now = () => clock.currentTimeMillisUnsafe();
    const retryBudget = new RetryBudget(policy.retry);
    const congestion = new CongestionControl(policy.chunking.bytes, policy.sizing);
    return {
      client: { ...client, transport: withinDeadline(client.transport, client.deadline) },
      policy,
      server,
      retryBudget,
      congestion,
      onWait,
      now,
      stopSignal: new StopSignal(),
      busyTimeout,
      onLedger
    } satisfies Engine;
  });
