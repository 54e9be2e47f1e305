import type { Run } from "./scenario.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** Milliseconds after which the other side has closed a connection that nobody used. */
const longestIdle = 1000;

const broken = (code: string) => Object.assign(new Error(code), { code });

/**
 * The way to the server: it loses requests that are too large for it, and closes connections that nobody uses, as the run
 * says. The server may have done, or yet do, what is in a request that was lost.
 */
export class Line {
  private lastUsed: number | undefined;
  private readonly time: VirtualTime;
  private readonly run: Pick<Run, "line" | "connections"> | undefined;

  constructor(time: VirtualTime, run: Pick<Run, "line" | "connections"> | undefined) {
    this.time = time;
    this.run = run;
  }

  async send(request: Request, answer: (request: Request) => Promise<Response>): Promise<Response> {
    const idle = this.time.now() - (this.lastUsed ?? this.time.now());
    const { line = undefined, connections = "kept" } = this.run ?? {};
    if (connections !== "kept" && idle >= longestIdle) {
      this.lastUsed = undefined;
      // Known to have had no effect, or not.
      throw broken(connections === "closed, and known" ? "ECONNREFUSED" : "ECONNRESET");
    }
    try {
      if (line && (await request.clone().arrayBuffer()).byteLength > line.bytes)
        await this.lose(request, line.how, answer);
      return await answer(request);
    } finally {
      this.lastUsed = this.time.now();
    }
  }

  private async lose(
    request: Request,
    how: "lost" | "done" | "done late",
    answer: (request: Request) => Promise<Response>
  ): Promise<never> {
    if (how === "lost") throw broken("ECONNRESET");
    // The client has given up by then, and the server does not know.
    if (how === "done late") await this.time.sleepInside(20_000);
    await answer(new Request(request, { signal: new AbortController().signal }));
    throw broken("ECONNRESET");
  }
}
