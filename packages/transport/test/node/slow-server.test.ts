import { createServer, type Server as HttpServer } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createTransport, fixedToken, systemClock } from "@tideway/transport";
import { afterEach, expect, it } from "vitest";

const done = '{"data":[],"meta":{"trace":{"request":"r"}}}';
const servers: Array<{ readonly server: Server | HttpServer; readonly sockets: Set<Socket> }> = [];

const listen = async (server: Server | HttpServer): Promise<string> => {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    socket.on("error", () => undefined);
    sockets.add(socket);
  });
  servers.push({ server, sockets });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

afterEach(() => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

const transportTo = (url: string, clock = systemClock) =>
  createTransport({ environment: url, credentials: fixedToken("t"), clock });

/** A clock on which every deadline is shorter by so much. */
const hasty = (factor: number) => ({
  now: () => systemClock.now() * factor,
  sleep: (milliseconds: number, signal?: AbortSignal) => systemClock.sleep(milliseconds / factor, signal)
});

const wait = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds);
  });

const body = (bytes: number) => new TextEncoder().encode(`["${"x".repeat(bytes - 4)}"]`);

const response = (status: string, text: string, headers = "") =>
  `HTTP/1.1 ${status}\r\nContent-Type: text/html\r\nContent-Length: ${text.length}\r\n${headers}\r\n${text}`;

/** How long a body is, as its head says; NaN before that has come. */
const lengthIn = (text: string) => Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);

it("does not give a slow line up as long as its bytes move, and tells that they do", async () => {
  // 12 MB, more than the system takes in; the deadline of 70 s is 2 s on this clock, and all of it takes longer than that.
  const url = await listen(
    createServer((request, answer) => {
      const read = async () => {
        for await (const _ of request) await wait(15);
        answer.end(done);
      };
      void read().catch(() => undefined);
    })
  );
  let moves = 0;
  const started = systemClock.now();
  await transportTo(url, hasty(35)).postData("s1", body(12_000_000), { onProgress: () => void moves++ });
  expect(systemClock.now() - started).toBeGreaterThan(2000);
  expect(moves).toBeGreaterThan(100);
});

it("gives up where nothing moves any more", async () => {
  const url = await listen(createTcpServer((socket) => socket.pause()));
  await expect(transportTo(url, hasty(200)).postData("s1", body(30_000_000))).rejects.toMatchObject({
    _tag: "Unanswered"
  });
});

it.each([
  ["413 Payload Too Large", "TooLarge", ""],
  ["413 Payload Too Large", "TooLarge", "chunked"],
  ["401 Unauthorized", "Unauthenticated", ""],
  ["429 Too Many Requests", "Throttled", ""]
])("reads a %s that comes while the body is still being sent, and closes: %s %s", async (status, tag, form) => {
  for (const delay of tag === "Unauthenticated" ? [5] : [0, 5, 30]) {
    const url = await listen(
      createTcpServer((socket) => {
        let isFirst = true;
        socket.on("data", () => {
          if (!isFirst) return;
          isFirst = false;
          const text = "<html>no</html>";
          const answer =
            form === "chunked"
              ? `HTTP/1.1 ${status}\r\nTransfer-Encoding: chunked\r\n\r\n${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`
              : response(status, text);
          const isClosing = () => setTimeout(() => socket.destroy(), delay);
          // The page of a server that knows nothing of a Tidepool; the login service says nothing else.
          socket.write(tag === "Unauthenticated" ? response(status, "") : answer, isClosing);
        });
      })
    );
    for (let time = 0; time < (tag === "Unauthenticated" ? 1 : 5); time++) {
      await expect(transportTo(url).postData("s1", body(3_000_000))).rejects.toMatchObject({ _tag: tag });
    }
  }
});

it("knows of what was on a kept connection, and was closed before all of it was out, that it had no effect", async () => {
  let requests = 0;
  const url = await listen(
    createTcpServer((socket) => {
      let text = "";
      socket.on("data", (part) => {
        text += part.toString("latin1");
        if (requests++ > 0) return void socket.resetAndDestroy();
        if (text.includes("\r\n\r\n")) socket.write(response("200 OK", done));
      });
    })
  );
  const transport = transportTo(url);
  await transport.postData("s1", body(10));
  await expect(transport.postData("s1", body(9_000_000))).rejects.toMatchObject({ _tag: "Unreachable" });
});

it("knows by the age of a connection that it was closed for that, where the server said how long it keeps one", async () => {
  const url = await listen(
    createTcpServer((socket) => {
      let count = 0;
      socket.on("data", () => {
        if (count++ > 0) return void socket.resetAndDestroy();
        socket.write(response("200 OK", done, "Keep-Alive: max=100, timeout=1\r\n"));
      });
    })
  );
  const transport = transportTo(url);
  await transport.postData("s1", body(10));
  await wait(20);
  await expect(transport.postData("s1", body(10))).rejects.toMatchObject({ _tag: "Unreachable" });
});

it("does not claim that where the server may have crashed over the request; and after two uses no connection twice", async () => {
  let connections = 0;
  const url = await listen(
    createTcpServer((socket) => {
      connections++;
      let count = 0;
      socket.on("data", (part) => {
        if (count++ > 0) return void socket.resetAndDestroy();
        socket.write(response("200 OK", done));
        if (/connection: close/i.test(part.toString("latin1"))) socket.end();
      });
    })
  );
  const transport = transportTo(url);
  const tags: Array<string> = [];
  for (let time = 0; time < 10; time++) {
    tags.push(
      await transport.postData("s1", body(10)).then(
        () => "done",
        (error: { readonly _tag: string }) => error._tag
      )
    );
  }
  expect(tags.filter((tag) => tag === "Unanswered")).toHaveLength(2);
  expect(tags.slice(4)).toEqual(Array.from({ length: 6 }, () => "done"));
  expect(connections).toBe(8);
});

it("uses no connection that was closed while it was not used", async () => {
  const server = createServer((request, answer) => {
    request.resume();
    request.on("end", () => answer.end(done));
  });
  server.keepAliveTimeout = 20;
  const url = await listen(server);
  const transport = transportTo(url);
  for (let time = 0; time < 5; time++) {
    await transport.postData("s1", body(10));
    // Busy, so that nothing notices the closing before the next request.
    const until = systemClock.now() + 60;
    while (systemClock.now() < until);
  }
});

it("asks for answers that need no unpacking, and reads the one of a server that answers only what is small", async () => {
  const seen: Array<unknown> = [];
  const url = await listen(
    createTcpServer((socket) => {
      let text = "";
      socket.on("data", (part) => {
        text += part.toString("latin1");
        if (lengthIn(text) >= 1000) return;
        if (!text.includes("]")) return;
        seen.push(/accept-encoding: (.*)/i.exec(text)?.[1]);
        socket.write(response("200 OK", done));
        text = "";
      });
    })
  );
  await transportTo(url).postData("s1", body(100));
  await expect(transportTo(url, hasty(200)).postData("s1", body(2000))).rejects.toMatchObject({ _tag: "Unanswered" });
  expect(seen).toEqual(["identity"]);
});
