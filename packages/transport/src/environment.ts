import { checkPlatform } from "#network";
import { isBlockedPort } from "./blocked-port.ts";

/** The environments that Tidepool names. */
export type EnvironmentName = "production" | "integration" | "qa1" | "qa2" | "dev";

/**
 * Which Tidepool: a name, the address of one, or a sandbox's `fetch`. Plain http is taken for loopback addresses, for
 * others only with `allowInsecure`.
 *
 * @example "integration"
 * @example "http://localhost:31500"
 * @example { fetch: sandbox.fetch }
 */
export type Environment =
  | EnvironmentName
  | (string & {})
  | {
      /** Answers requests in place of the network. */
      readonly fetch: (request: Request) => Promise<Response>;
      /** What the requests are addressed to. Default: `http://sandbox.localhost`. */
      readonly url?: string;
    };

/** An environment with everything known that a request needs. */
export interface ResolvedEnvironment {
  /** The name, where it has one. */
  readonly name: EnvironmentName | undefined;
  /** Without a slash at the end. */
  readonly server: string;
  /** Where OIDC logins happen; undefined: the server's `/info` has it. */
  readonly issuer: string | undefined;
  readonly fetch: ((request: Request) => Promise<Response>) | undefined;
}

// Hosts and realms: Tidepool's auth.v2.yaml. `integration` is the host of the continuous session guide; the same
// environment answers at https://external.integration.tidepool.org.
const table: { readonly [Name in EnvironmentName]: { readonly server: string; readonly issuer: string } } = {
  production: { server: "https://api.tidepool.org", issuer: "https://auth.tidepool.org/realms/tidepool" },
  integration: {
    server: "https://int-api.tidepool.org",
    issuer: "https://auth.external.tidepool.org/realms/integration"
  },
  qa1: { server: "https://qa1.development.tidepool.org", issuer: "https://auth.qa2.tidepool.org/realms/qa1" },
  qa2: { server: "https://qa2.development.tidepool.org", issuer: "https://auth.qa2.tidepool.org/realms/qa2" },
  dev: { server: "https://dev1.dev.tidepool.org", issuer: "https://auth.dev.tidepool.org/realms/dev1" }
};

/** The names, for a command line's help. */
export const environmentNames = Object.keys(table) as ReadonlyArray<EnvironmentName>;

const isName = (text: string): text is EnvironmentName => Object.hasOwn(table, text);

/** Looks an environment up, or checks an address. Throws a TypeError that says what is wrong with it. */
export const resolveEnvironment = (environment: Environment, allowInsecure = false): ResolvedEnvironment => {
  const resolved = lookUp(environment, allowInsecure);
  if (resolved.fetch === undefined) checkPlatform(resolved.server);
  return resolved;
};

const lookUp = (environment: Environment, allowInsecure: boolean): ResolvedEnvironment => {
  if (typeof environment !== "string") {
    if (typeof environment?.fetch !== "function") {
      throw new TypeError(`The environment has to be one of ${environmentNames.join(", ")}, an address, or a sandbox.`);
    }
    const server = checkedAddress(environment.url ?? "http://sandbox.localhost", "environment", allowInsecure);
    return { name: undefined, server, issuer: undefined, fetch: environment.fetch };
  }
  if (isName(environment)) return { name: environment, ...table[environment], fetch: undefined };
  const server = checkedAddress(environment, "environment", allowInsecure);
  return { name: undefined, server, issuer: undefined, fetch: undefined };
};

/** Whether an address is this machine itself. */
export const isLoopback = (url: URL): boolean => {
  const host = url.hostname;
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(?:\.\d+){3}$/.test(host);
};

/** An address that a token may be sent to, without a slash at its end. */
export const checkedAddress = (text: string, what: string, allowInsecure = false): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) {
    throw new TypeError(`The ${what} is neither one of ${environmentNames.join(", ")} nor an address (https://…).`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new TypeError(`The ${what} has to be an https:// address, not ${url.protocol}//.`);
  }
  if (url.protocol === "http:" && !allowInsecure && !isLoopback(url)) {
    throw new TypeError(
      `The ${what} http://${url.host} is not encrypted: anyone on the way could read the token and the data. Use https://. For a sandbox in a container or on a network of your own there is allowInsecure: true (--allow-insecure on the command line).`
    );
  }
  if (url.port !== "" && isBlockedPort(Number(url.port))) {
    throw new TypeError(
      `The ${what} has the port ${url.port}, which programs and browsers refuse to use for http: it belongs to another protocol. Let the server listen at another port.`
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError(`The ${what} may not hold a user name or a password.`);
  }
  if (url.search !== "" || url.hash !== "") throw new TypeError(`The ${what} may not have a query or a fragment.`);
  return url.origin + url.pathname.replace(/\/+$/, "");
};
