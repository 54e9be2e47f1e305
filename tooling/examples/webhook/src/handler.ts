import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import {
  createClient,
  forServers,
  isForbidden,
  isUploadAborted,
  isUploadStopped,
  type Ledger,
  type Transport,
  unknownDatums
} from "@tideway/core";

/** What the webhook works with; one of each serves every request. */
export interface HandlerOptions {
  readonly transport: Transport;
  readonly ledger: Ledger;
  /** What callers send as `Authorization: Bearer …`. */
  readonly secret: string;
  /** Stops every upload that is running. */
  readonly signal: AbortSignal;
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

const answer = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
};

/** The body's datums; undefined where it is no JSON array. */
const readBody = async (request: IncomingMessage): Promise<ReadonlyArray<unknown> | undefined> => {
  const body: unknown = await json(request).catch(() => undefined);
  return Array.isArray(body) ? body : undefined;
};

/** Uploads what is posted to `/users/{userId}/readings`. The sender repeats what is not answered with a 200. */
export const createHandler = ({ transport, ledger, secret, signal }: HandlerOptions): RequestListener => {
  const expected = digest(`Bearer ${secret}`);

  const upload = async (userId: string, datums: ReadonlyArray<unknown>, response: ServerResponse): Promise<void> => {
    const app = { name: "org.example.webhook", version: "1.0.0" };
    const client = createClient({ ...forServers, transport, userId, app, ledger });
    try {
      const { sent, unchanged, rejections } = await client.upload(unknownDatums(datums), { signal });
      const rejected = rejections.map(({ index, message }) => ({ index, message }));
      answer(response, 200, { sent, unchanged, rejected });
    } catch (error) {
      if (isUploadStopped(error) && isForbidden(error.cause)) {
        answer(response, 403, { message: error.cause.message });
      } else if (isUploadStopped(error) || isUploadAborted(error)) {
        answer(response, 503, { message: error.message }, { "retry-after": "60" });
      } else throw error;
    }
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, userId] = /^\/users\/([^/?]+)\/readings$/.exec(request.url ?? "") ?? [];
    if (request.method !== "POST" || userId === undefined) return answer(response, 404, { message: "Not found." });
    if (!timingSafeEqual(digest(request.headers.authorization ?? ""), expected)) {
      return answer(response, 401, { message: "The secret is wrong." });
    }
    const datums = await readBody(request);
    if (!datums) return answer(response, 400, { message: "The body has to be a JSON array of datums." });
    await upload(decodeURIComponent(userId), datums, response);
  };

  return (request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) answer(response, 500, { message: "Internal error." });
    });
  };
};
