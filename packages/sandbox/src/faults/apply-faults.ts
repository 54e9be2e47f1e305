import type { SandboxRuntime } from "../runtime.ts";
import { ConnectionReset } from "./connection-reset.ts";
import { slowBody, truncatedBody } from "./degraded-body.ts";
import type { FaultEffect, When } from "./fault.ts";

const gatewayBodies: Readonly<Record<number, string>> = {
  429: "",
  502: "upstream connect error or disconnect/reset before headers",
  503: "no healthy upstream",
  504: "upstream request timeout"
};

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const give = () => reject(signal.reason);
    if (signal.aborted) give();
    else signal.addEventListener("abort", give, { once: true });
  });

const statusAnswer = (effect: FaultEffect & { readonly kind: "status" }): Response => {
  const { status, retryAfter, body = gatewayBodies[status] ?? "" } = effect;
  const headers = new Headers({ "content-type": "text/plain" });
  if (retryAfter !== undefined) headers.set("retry-after", String(retryAfter));
  return new Response(status === 204 || status === 304 ? null : body, { status, headers });
};

const atMoment = async (
  moment: When,
  effects: ReadonlyArray<FaultEffect>,
  request: Request,
  runtime: SandboxRuntime
): Promise<Response | undefined> => {
  for (const effect of effects) {
    if ((("when" in effect ? effect.when : undefined) ?? "before") !== moment) continue;
    if (effect.kind === "delay") await runtime.sleep(effect.milliseconds, request.signal);
    else if (effect.kind === "hang") await untilAborted(request.signal);
    else if (effect.kind === "reset") throw new ConnectionReset();
    else if (effect.kind === "status") return statusAnswer(effect);
  }
  return undefined;
};

/**
 * Answers a request under the faults drawn for it: those before the work, the work, those after it, then what happens to the
 * answer on its way. Rejects with ConnectionReset where the connection is cut.
 */
export const underFaults = async (
  effects: ReadonlyArray<FaultEffect>,
  request: Request,
  runtime: SandboxRuntime,
  work: () => Promise<Response>
): Promise<Response> => {
  if (effects.length === 0) return work();
  const instead = await atMoment("before", effects, request, runtime);
  if (instead !== undefined) return instead;
  const answer = await work();
  const replaced = await atMoment("after", effects, request, runtime);
  if (replaced !== undefined) return replaced;
  let spoiled = answer;
  for (const effect of effects) {
    if (effect.kind === "half") spoiled = await truncatedBody(spoiled);
    if (effect.kind === "drip") spoiled = await slowBody(spoiled, effect.milliseconds, effect.bytes ?? 16, runtime);
  }
  return spoiled;
};
