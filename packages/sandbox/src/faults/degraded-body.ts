import type { SandboxRuntime } from "../runtime.ts";
import { ConnectionReset } from "./connection-reset.ts";

/** The answer with the first half of its body; then the connection breaks. */
export const truncatedBody = async (answer: Response): Promise<Response> => {
  const whole = new Uint8Array(await answer.arrayBuffer());
  let sent = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (sent) return controller.error(new ConnectionReset());
        sent = true;
        controller.enqueue(whole.subarray(0, Math.ceil(whole.length / 2)));
      }
    },
    { highWaterMark: 0 }
  );
  const headers = new Headers(answer.headers);
  headers.set("content-length", String(whole.length));
  return new Response(body, { status: answer.status, headers });
};

/** The answer with a body that arrives piece by piece, with a pause before each. */
export const slowBody = async (
  answer: Response,
  pause: number,
  bytes: number,
  runtime: SandboxRuntime
): Promise<Response> => {
  const whole = new Uint8Array(await answer.arrayBuffer());
  let at = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (at >= whole.length) return controller.close();
        await runtime.sleep(pause);
        controller.enqueue(whole.subarray(at, at + bytes));
        at += bytes;
      }
    },
    { highWaterMark: 0 }
  );
  return new Response(body, { status: answer.status, headers: answer.headers });
};
