import type { Exchange } from "../exchange.ts";
import { bareAnswer, bareError } from "../http/answers.ts";
import { bareProblems, titleOf } from "../http/errors.ts";
import { decodeJson } from "../json.ts";
import { serverTime } from "../server-time.ts";
import { authenticate } from "./authenticate.ts";
import { hashToken } from "./hash-token.ts";

const day = 24 * 3_600_000;

const pathsOf = (body: unknown): ReadonlyArray<string> | undefined | "wrong" => {
  const { paths } = (body ?? {}) as { readonly paths?: unknown };
  if (paths === undefined || paths === null) return undefined;
  const fine = Array.isArray(paths) && paths.length > 0 && paths.every((path) => /^\/[^\s]*$/.test(String(path)));
  return fine ? (paths as ReadonlyArray<string>) : "wrong";
};

/** POST /v1/users/:userId/restricted_tokens: a token for an address, good on some paths only, for an hour unless said else. */
export const createRestrictedToken = async (exchange: Exchange): Promise<Response> => {
  const { platform, params, now } = exchange;
  const userId = params["userId"] ?? "";
  const authentication = await authenticate(exchange, { store: platform.store, now, serviceSecret: undefined });
  if (authentication.kind !== "caller") return bareError(401, bareProblems.unauthenticated);
  const { caller } = authentication;
  if (caller.kind === "user" && caller.userId !== userId) return bareError(403, bareProblems.unauthorized);
  const decoded = decodeJson(await exchange.body());
  if (!decoded.ok || typeof decoded.value !== "object") return bareError(400, bareProblems.jsonMalformed);
  const paths = pathsOf(decoded.value);
  if (paths === "wrong") {
    const code = "value-not-valid";
    return bareError(400, { code, title: titleOf(code), detail: "paths is not valid", source: { pointer: "/paths" } });
  }
  const { expirationTime } = (decoded.value ?? {}) as { readonly expirationTime?: string };
  const wanted = expirationTime === undefined ? now + 3_600_000 : Date.parse(expirationTime);
  const expiresAt = Math.min(Number.isNaN(wanted) ? now + 3_600_000 : wanted, now + day);
  const id = `${platform.newId()}${platform.newId().slice(0, 8)}`;
  const grant = paths === undefined ? {} : { grant: { paths: paths.join(" ") } };
  const hash = await hashToken(id);
  platform.store.putToken({
    hash,
    kind: "restricted",
    userId,
    service: false,
    family: `restricted:${hash}`,
    expiresAt,
    ...grant
  });
  return bareAnswer(201, {
    id,
    userId,
    ...(paths === undefined ? {} : { paths }),
    expirationTime: serverTime(expiresAt),
    createdTime: serverTime(now)
  });
};
