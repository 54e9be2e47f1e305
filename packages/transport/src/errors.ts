import {
  Forbidden,
  NotFound,
  Refused,
  ServerFailed,
  SessionClosed,
  Throttled,
  TooLarge,
  Unanswered,
  Unauthenticated,
  UnexpectedAnswer,
  Unreachable,
  type TransportError
} from "@tideway/core";
import { readErrorBody, type ErrorBody } from "./error-body.ts";
import { retryAfter } from "./retry-after.ts";
import type { Route } from "./routes.ts";

/** What an error is about. */
export interface Circumstance {
  readonly route: Route;
  /** The server's address, for messages. */
  readonly server: string;
  readonly traceId: string;
}

/** The error that an answer other than a success stands for. */
export function fromAnswer(
  response: Pick<Response, "status" | "headers" | "type">,
  text: string,
  at: Circumstance,
  now: number
): TransportError {
  const { route, server } = at;
  const status = response.status;
  const told = { status, traceId: at.traceId };
  const could = `Could not ${route.doing}`;
  const body = readErrorBody(text);
  // A proxy's or a portal's page says nothing about the session or the user: believing its 404 would open a second session.
  const foreign = body.noRoute || (text.trim() !== "" && !body.known);
  const unexpected = (what: string) =>
    new UnexpectedAnswer({ ...told, message: `${could}: ${what} Check that ${server} is a Tidepool.` });

  if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    return unexpected(
      "the server sent the request on to another address. It was not followed, to keep the login here."
    );
  }
  if (status === 413) {
    return new TooLarge({ ...told, message: `${could}: the server takes no body of this size. Send less at once.` });
  }
  if (status === 408 || status === 502 || status === 504 || (status === 503 && brokenOff(text))) {
    return new Unanswered({
      ...told,
      message: `${could}: the gateway had no answer (${status}). It may have been done all the same. Try again later.`
    });
  }
  if (status === 429 || status === 503) {
    const pause = retryAfter(response.headers, now);
    const message = `${could}: the server asks for a pause (${status})${pause === undefined ? "" : ` of ${Math.ceil(pause / 1000)} s`}. Try again later.`;
    return new Throttled({ ...told, message, ...(pause === undefined ? {} : { retryAfter: pause }) });
  }
  if (status >= 500 && body.code !== "invalid_parameters") {
    return new ServerFailed({ ...told, message: `${could}: the server failed (${status}). Try again later.` });
  }
  if (foreign) {
    return unexpected(
      body.noRoute ? `the server has no such route (${status}).` : `the answer (${status}) is not a Tidepool's.`
    );
  }
  return fromRefusal(status, body, told, at);
}

// The gateway's own 503 where the connection behind it broke: unless it was never made, the request may have been done.
const brokenOff = (text: string) =>
  text.includes("disconnect/reset before headers") && !/connection failure|connection timeout|overflow/.test(text);

function fromRefusal(
  status: number,
  body: ErrorBody,
  told: { status: number; traceId: string },
  { route, server }: Circumstance
): TransportError {
  const could = `Could not ${route.doing}`;
  switch (status) {
    case 401:
      return new Unauthenticated({ ...told, message: `${could}: the server does not accept the login. Log in again.` });
    case 403:
      return new Forbidden({ ...told, message: `${could}: ${forbidden(route)}` });
    case 404:
      return new NotFound({ ...told, message: `${could}: there is no such session or user. Look it up again.` });
    case 409:
      return new SessionClosed({ ...told, message: `${could}: the session is closed. Open a new one.` });
    case 400:
    case 422:
    case 500:
      return new Refused({ ...told, issues: body.issues, message: `${could}: ${refused(body)}` });
    default:
      return new UnexpectedAnswer({
        ...told,
        message: `${could}: the answer (${status}) is not a Tidepool's. Check that ${server} is one.`
      });
  }
}

const forbidden = (route: Route) =>
  route.right === undefined
    ? "the server does not allow it. An account whose e-mail address is not verified yet gets this, too."
    : `the one who is logged in does not have the right to do so (${route.right}) for this user. Ask the user, or their clinic, to share it.`;

function refused({ code, issues }: ErrorBody): string {
  const [first] = issues;
  if (first === undefined) return `the server refused the request${code === undefined ? "" : ` (${code})`}.`;
  const more = issues.length === 1 ? "" : ` and ${issues.length - 1} more`;
  return `the server refused it: ${first.code} at ${first.pointer}${more}.`;
}

// Failures that come before a byte of the request is sent. `syscall` tells the same where the code is ambiguous.
const beforeSending = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_NODATA",
  "EAI_NONAME",
  "UND_ERR_CONNECT_TIMEOUT"
]);
const certificate = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|ERR_SSL_|EPROTO$)/;

interface Failure {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** The error that a request without an answer stands for. `thrown` is whatever `fetch` rejected with. */
export function fromFailure(thrown: unknown, at: Circumstance): TransportError {
  const root = rootOf(thrown);
  const codes = root.map((failure) => (typeof failure.code === "string" ? failure.code : "unknown"));
  const never = root.every(
    (failure, index) =>
      beforeSending.has(codes[index] as string) || failure.syscall === "connect" || failure.syscall === "getaddrinfo"
  );
  const could = `Could not ${at.route.doing}`;
  // The error itself is not kept as the cause: it holds the request, and that holds the token.
  const told = { traceId: at.traceId, cause: codes.join(", ") };
  if (codes.some((code) => certificate.test(code))) {
    return new Unreachable({
      ...told,
      message: `${could}: ${at.server} could not prove who it is (${codes.join(", ")}). Check this machine's clock and its certificates; a certificate of your own goes into NODE_EXTRA_CA_CERTS.`
    });
  }
  if (never) {
    return new Unreachable({
      ...told,
      message: `${could}: ${at.server} cannot be reached (${codes.join(", ")}). Check the network and the address.`
    });
  }
  return new Unanswered({
    ...told,
    message: `${could}: the connection to ${at.server} broke before the answer came. Check the network and try again.`
  });
}

/** The error of a request whose time was up. */
export function fromDeadline(milliseconds: number, at: Circumstance): TransportError {
  return new Unanswered({
    traceId: at.traceId,
    message: `Could not ${at.route.doing}: no answer within ${Math.round(milliseconds / 1000)} s. It may be done all the same. Try again.`
  });
}

/** The error of an answer that came with a success but not with what a Tidepool sends. */
export function notTidepool(status: number | undefined, what: string, at: Circumstance): TransportError {
  return new UnexpectedAnswer({
    ...(status === undefined ? {} : { status }),
    traceId: at.traceId,
    message: `Could not ${at.route.doing}: ${what} Check that ${at.server} is a Tidepool and that nothing stands between.`
  });
}

// Happy eyeballs tries several addresses: the request was never sent only if that is so for all of them.
function rootOf(thrown: unknown, depth = 0): ReadonlyArray<Failure> {
  if (typeof thrown !== "object" || thrown === null) return [{}];
  const failure = thrown as Failure;
  if (depth > 8) return [failure];
  if (Array.isArray(failure.errors) && failure.errors.length > 0) {
    return failure.errors.flatMap((error) => rootOf(error, depth + 1));
  }
  return failure.cause === undefined || failure.cause === null ? [failure] : rootOf(failure.cause, depth + 1);
}
