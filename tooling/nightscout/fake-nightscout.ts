import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, answerV1 } from "./api-v1.ts";
import { historyV3, searchV3 } from "./api-v3.ts";
import { type Access, Authorization } from "./authorization.ts";
import { type CollectionName, Documents } from "./documents.ts";

/** How a fake site is set up. */
export interface FakeNightscoutOptions extends Partial<Access> {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that every answer to a login is delayed by for each one that failed. The real site: 5,000. */
  readonly delay?: number;
  /** Sites before version 14 have no API v3. Default: true. */
  readonly hasV3?: boolean;
}

/** A request that the fake site got. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
}

/** A Nightscout site without a socket, as odd as the real one. */
export interface FakeSite {
  readonly documents: Documents;
  readonly authorization: Authorization;
  /** All requests, in order. */
  readonly asked: ReadonlyArray<Asked>;
  /** What it answers, at once. */
  readonly answer: (question: Asked) => Answer;
}

/** A Nightscout site that runs on a port of this machine. */
export interface FakeNightscout extends Omit<FakeSite, "answer">, AsyncDisposable {
  readonly url: string;
}

const isName = (text: string | undefined): text is CollectionName =>
  text === "entries" || text === "treatments" || text === "profile" || text === "devicestatus";

/** Makes a fake Nightscout 15. */
export const createFakeSite = (options: Omit<FakeNightscoutOptions, "delay">): FakeSite => {
  const { now, hasV3 = true, secret = "a secret of some length", tokens = {}, isPublic = false } = options;
  const documents = new Documents(now);
  const authorization = new Authorization({ secret, tokens, isPublic });
  const asked: Array<Asked> = [];

  const answer = (question: Asked): Answer => {
    asked.push(question);
    const { path, query, headers } = question;
    const exchange = /^\/api\/v2\/authorization\/request\/(.+)$/u.exec(path)?.[1];
    if (exchange !== undefined) {
      const token = authorization.exchange(decodeURIComponent(exchange));
      return token === undefined ? { status: 401, body: { status: 401 } } : { status: 200, body: { token } };
    }
    const [, api, name, history] = /^\/api\/(v1|v3)\/(\w+?)(?:\.json)?(?:\/history\/(\d+))?$/u.exec(path) ?? [];
    if (!isName(name) || (api === "v3" && !hasV3)) return { status: 404, body: {} };
    const status = authorization.statusOf(headers, api === "v3" ? "v3" : "v1");
    if (status !== 200) return { status, body: { status, message: "Unauthorized" } };
    const all = documents.all[name];
    if (api === "v3") return history === undefined ? searchV3(all, query) : historyV3(all, Number(history), query);
    return name === "devicestatus" ? { status: 200, body: [] } : answerV1(name, all, query, now());
  };

  return { documents, authorization, asked, answer };
};

/** Starts a fake Nightscout 15 on a free port of this machine. */
export const startFakeNightscout = async (options: FakeNightscoutOptions): Promise<FakeNightscout> => {
  const { delay = 0 } = options;
  const { answer, authorization, ...site } = createFakeSite(options);

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://site");
    const question = { path: pathname, query: searchParams, headers: request.headers };
    const late = authorization.failures * delay;
    setTimeout(() => {
      const { status, body } = answer(question);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    }, late);
  };

  const server = createServer(handle);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...site,
    authorization,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    }
  };
};
