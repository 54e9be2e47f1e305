import { request } from "node:http";
import { createSandbox, type SandboxOptions, type Store } from "@tideway/sandbox";
import { listen } from "@tideway/sandbox/node";

/** A request as the recordings have it: nothing of it tidied. */
export interface RawRequest {
  readonly method: string;
  /** The target as it stands in the first line. */
  readonly target: string;
  /** Each line of the header. */
  readonly lines: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body?: string | Uint8Array | undefined;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The recorded service behind a port, and a reader of what it stores behind another. */
export interface Servers {
  ask(request: RawRequest): Promise<RawAnswer>;
  /** What a reader sees of a user's data set. */
  read(userId: string, uploadId: string): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>>;
  close(): Promise<void>;
}

const send = (base: string, { method, target, lines, body }: RawRequest): Promise<RawAnswer> => {
  const { hostname, port, host } = new URL(base);
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const length = bytes === undefined ? [] : [["Content-Length", String(bytes.length)] as const];
  const headers = [["Host", host] as const, ...lines, ...length, ["Connection", "close"] as const].flat();
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path: target, headers, agent: false }, (answer) => {
      const pieces: Array<Buffer> = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.on("error", reject);
      answer.on("end", () => {
        const all = new Headers();
        for (const [name, values] of Object.entries(answer.headersDistinct)) {
          for (const value of values ?? []) all.append(name, value);
        }
        resolve({ status: answer.statusCode ?? 0, headers: all, text: Buffer.concat(pieces).toString("utf8") });
      });
    });
    sent.on("error", reject);
    sent.end(bytes);
  });
};

/** Starts both over one store: the service alone has no way to read what is in it. */
export const startServers = async (store: Store, options: SandboxOptions): Promise<Servers> => {
  const service = await listen(createSandbox({ ...options, store, surface: "service" }));
  const token = "the reader's own";
  const reader = await listen(createSandbox({ ...options, store, users: [{ token, service: true }] }));
  return {
    ask: (raw) => send(service.url, raw),
    async read(userId, uploadId) {
      const query = new URLSearchParams({ uploadId });
      const target = `/data/${encodeURIComponent(userId)}?${query}`;
      const { status, text } = await send(reader.url, {
        method: "GET",
        target,
        lines: [["X-Tidepool-Session-Token", token]]
      });
      if (status !== 200) throw new Error(`The reader answered ${status}: ${text}`);
      const records = JSON.parse(text) as ReadonlyArray<Readonly<Record<string, unknown>>>;
      return records.filter(({ type }) => type !== "upload");
    },
    async close() {
      await service.close();
      await reader.close();
    }
  };
};
