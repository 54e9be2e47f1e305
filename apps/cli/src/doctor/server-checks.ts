import { openTransport } from "../account/connect.ts";
import { findCredentials, type WhoOptions } from "../account/credentials.ts";
import { chooseServer, type ServerOptions } from "../account/server.ts";
import { failureOf } from "../lifecycle/failure.ts";
import type { CommandContext } from "../lifecycle/run-command.ts";
import type { Check } from "./check.ts";

const second = 1000;

const clock = (skew: number | undefined): Check => {
  if (skew === undefined) {
    return {
      name: "clock",
      state: "warn",
      found: "the server does not say what time it is",
      hint: "Check this machine's clock."
    };
  }
  const seconds = Math.round(Math.abs(skew) / second);
  const found =
    seconds === 0 ? "the same time as the server's" : `${seconds} s ${skew > 0 ? "behind" : "ahead of"} the server's`;
  if (seconds < 30) return { name: "clock", state: "ok", found };
  const hint = "Set this machine's clock by the network: times in uploads and logins depend on it.";
  return { name: "clock", state: seconds < 300 ? "warn" : "fail", found, hint };
};

const failed = (name: string, error: unknown, hint: string): Check => ({
  name,
  state: "fail",
  found: failureOf(error).message,
  hint
});

/** What can be looked at with the chosen server: whether it answers, what its clock says, and whether the login is good. */
export const serverChecks = async (
  options: ServerOptions & WhoOptions,
  context: CommandContext
): Promise<ReadonlyArray<Check>> => {
  const { signal } = context;
  let server: ReturnType<typeof chooseServer>;
  try {
    server = chooseServer(options, context);
  } catch (error) {
    return [{ name: "server", state: "warn", found: "none was chosen", hint: failureOf(error).message }];
  }
  try {
    const transport = openTransport(server, await findCredentials(server, options, context), context);
    let skew: number | undefined;
    try {
      skew = await transport.askClockSkew({ signal });
    } catch (error) {
      return [
        failed("network", error, "Check the address, the network, and whether a proxy or a firewall is in the way.")
      ];
    }
    const reached: Check = { name: "network", state: "ok", found: `${server.key} answers` };
    try {
      const { userId } = await transport.currentUser({ signal });
      return [reached, clock(skew), { name: "login", state: "ok", found: `logged in as user ${userId}` }];
    } catch (error) {
      return [reached, clock(skew), failed("login", error, "`tideway login` logs in anew; or check TIDEPOOL_TOKEN.")];
    }
  } catch (error) {
    return [failed("login", error, "Check what --email, TIDEPOOL_TOKEN and the profile say.")];
  }
};
