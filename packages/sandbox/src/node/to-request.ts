import type { IncomingMessage } from "node:http";

/** The body, read only as far as somebody asks for it: what nobody asked for, Node reads past by itself. */
const bodyOf = (message: IncomingMessage): ReadableStream<Uint8Array> => {
  let pieces: AsyncIterator<Uint8Array> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        pieces ??= message.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
        const next = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: () => void message.resume()
    },
    { highWaterMark: 0 }
  );
};

/**
 * A message of Node's server as a `Request` to the host that it names. Its address is only as good as an address is: the target
 * as it was sent (`//`, dot segments, `#`) and the single lines of headers stay with the message.
 */
export const toRequest = (message: IncomingMessage, signal: AbortSignal): Request => {
  const headers = new Headers();
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2) {
    headers.append(message.rawHeaders[at] ?? "", message.rawHeaders[at + 1] ?? "");
  }
  const method = message.method ?? "GET";
  const body = method === "GET" || method === "HEAD" ? null : bodyOf(message);
  const target = message.url ?? "/";
  const address = `http://${message.headers.host}${target.startsWith("/") ? target : "/"}`;
  const url = URL.canParse(address) ? address : `http://${message.headers.host}/`;
  return new Request(url, {
    method,
    headers,
    signal,
    ...(body === null ? {} : { body, duplex: "half" })
  } as RequestInit);
};
