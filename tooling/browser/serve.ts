import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What one path answers. */
export interface ServedFile {
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A running server; disposing of it closes it and every connection. */
export interface Served extends AsyncDisposable {
  readonly url: string;
}

/** Serves files held in memory at a free port of 127.0.0.1, which browsers treat as a secure context. */
export const serve = async (files: Readonly<Record<string, ServedFile>>): Promise<Served> => {
  const server = createServer((request, response) => {
    const file = files[new URL(request.url ?? "/", "http://127.0.0.1").pathname];
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": file.type, ...file.headers }).end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };
};
