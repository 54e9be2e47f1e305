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
export const fromAnswer = (
  response: Pick<Response, "status" | "headers" | "type">,
  text: string,
  at: Circumstance,
  now: number
): TransportError => {
  const { route } = at;
  const status = response.status;
  const told = { status, traceId: at.traceId };
  const could = `Could not ${route.doing}`;
  const body = readErrorBody(text);
  // A proxy's or a portal's page says nothing about the session or the user: believing its 404 would open a second session.
  // So does an empty 404 or 409: a gateway has no more to say, and a Tidepool always says what it means.
  const foreign = body.noRoute || (!body.known && (text.trim() !== "" || status === 404 || status === 409));
  const unexpected = (what: string) =>
    new UnexpectedAnswer({ ...told, message: `${could}: ${what} Check that ${at.server} is a Tidepool.` });

  if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    const what = "the server sent the request on to another address. It was not followed, to keep the login here.";
    if (!leadsElsewhere(response.headers, at.server)) return unexpected(what);
    return new UnexpectedAnswer({ ...told, isTemporary: true, message: `${could}: ${what} ${portal}` });
  }
  if (status === 421 || status === 425) {
    const message = `${could}: the server does not take the request on this connection, or not yet (${status}). Nothing was done. Try again later.`;
    return new ServerFailed({ ...told, message });
  }
  if (status === 511) {
    return new UnexpectedAnswer({
      ...told,
      isTemporary: true,
      message: `${could}: the network wants you to log in (511). ${portal}`
    });
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
  const refusal = foreign ? undefined : fromRefusal(status, body, told, route);
  const strange = body.noRoute ? "the server has no such route" : "the answer is not a Tidepool's";
  return refusal ?? unexpected(`${strange} (${status}).`);
};

const portal =
  "This may be a network that wants a login of its own, as in a hotel or a train: open a browser, log in there, then try again.";

/** A portal sends on to itself; a server that was asked at the wrong address of its own, to the right one. */
const leadsElsewhere = (headers: Headers, server: string): boolean => {
  const location = headers.get("location") ?? "";
  return URL.canParse(location, server) && new URL(location, server).hostname !== new URL(server).hostname;
};

/** A page for people, where a program asked. */
const isPage = (headers: Headers | undefined): boolean => /^\s*text\/html\b/i.test(headers?.get("content-type") ?? "");

// The gateway's own 503 where the connection behind it broke: unless it was never made, the request may have been done.
const brokenOff = (text: string) =>
  text.includes("disconnect/reset before headers") && !/connection failure|connection timeout|overflow/.test(text);

const fromRefusal = (
  status: number,
  body: ErrorBody,
  told: { status: number; traceId: string },
  route: Route
): TransportError | undefined => {
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
      return undefined;
  }
};

const forbidden = (route: Route) =>
  route.right === undefined
    ? "the server does not allow it. An account whose e-mail address is not verified yet gets this, too."
    : `the one who is logged in does not have the right to do so (${route.right}) for this user. Ask the user, or their clinic, to share it.`;

const refused = ({ code, issues }: ErrorBody): string => {
  const [first] = issues;
  if (first === undefined) return `the server refused the request${code === undefined ? "" : ` (${code})`}.`;
  const more = issues.length === 1 ? "" : ` and ${issues.length - 1} more`;
  return `the server refused it: ${first.code} at ${first.pointer}${more}.`;
};

/** The error of a connection that broke: nobody knows what came of the request. `cause` is what is known of the reason. */
export const broken = (cause: string, at: Circumstance): TransportError =>
  new Unanswered({
    traceId: at.traceId,
    cause,
    message: `Could not ${at.route.doing}: the connection to ${at.server} broke before the answer came. Check the network and try again.`
  });

/** The error of a request whose time was up. */
export const fromDeadline = (milliseconds: number, at: Circumstance): TransportError =>
  new Unanswered({
    traceId: at.traceId,
    message: `Could not ${at.route.doing}: no answer within ${Math.round(milliseconds / 1000)} s. It may have been done all the same. Try again.`
  });

/** The error of an answer that came with a success but not with what a Tidepool sends; `headers` are the answer's. */
export const notTidepool = (
  status: number | undefined,
  what: string,
  at: Circumstance,
  headers?: Headers
): TransportError => {
  const isTemporary = isPage(headers);
  const check = `Check that ${at.server} is a Tidepool and that nothing stands between.`;
  return new UnexpectedAnswer({
    ...(status === undefined ? {} : { status }),
    traceId: at.traceId,
    ...(isTemporary ? { isTemporary } : {}),
    message: `Could not ${at.route.doing}: ${what} ${check}${isTemporary ? ` ${portal}` : ""}`
  });
};
