import { Unreachable, type TransportError } from "@tideway/core";
import { broken, type Circumstance } from "../errors.ts";
import { ClosedBefore } from "./closed-before.ts";

// Failures that come before a byte of the request is sent. `syscall` tells the same where the code is ambiguous.
const beforeSending = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_NODATA",
  "EAI_NONAME",
  "UND_ERR_CONNECT_TIMEOUT"
]);
// Not every failure of TLS: a connection can be damaged after the request was carried out.
const certificate = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;

interface Failure {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** The error that a request without an answer stands for. `thrown` is whatever sending rejected with. */
export const fromFailure = (thrown: unknown, at: Circumstance): TransportError => {
  if (thrown instanceof ClosedBefore) {
    return new Unreachable({
      traceId: at.traceId,
      cause: thrown.code,
      message: `Could not ${at.route.doing}: ${at.server} had closed the connection (${thrown.code}) before the request was whole. It had no effect. Try again.`
    });
  }
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
  return broken(told.cause, at);
};

// Happy eyeballs tries several addresses: the request was never sent only if that is so for all of them.
const rootOf = (thrown: unknown, depth = 0): ReadonlyArray<Failure> => {
  if (typeof thrown !== "object" || thrown === null) return [{}];
  const failure = thrown as Failure;
  if (depth > 8) return [failure];
  if (Array.isArray(failure.errors) && failure.errors.length > 0) {
    return failure.errors.flatMap((error) => rootOf(error, depth + 1));
  }
  return failure.cause === undefined || failure.cause === null ? [failure] : rootOf(failure.cause, depth + 1);
};
