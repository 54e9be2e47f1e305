import type { Exchange } from "../exchange.ts";
import { wrappedAnswer } from "../http/answers.ts";
import { serverTime } from "../server-time.ts";

const version = "0.0.0-sandbox";

/** GET /v1/time: the server's clock, for everybody. */
export const getTime = ({ trace, now }: Exchange): Response =>
  wrappedAnswer(200, { time: serverTime(now) }, trace, now);

/** GET /status: always well. */
export const getStatus = ({ trace, now }: Exchange): Response =>
  wrappedAnswer(200, { Version: version, Environment: "", DataStore: null, Server: null }, trace, now);

/** GET /version. */
export const getVersion = ({ trace, now }: Exchange): Response => wrappedAnswer(200, { version }, trace, now);

/** GET /data/status: the reader's own. */
export const getReaderStatus = (): Response =>
  new Response("OK\n", { status: 200, headers: { "content-type": "text/plain; charset=utf-8" } });
