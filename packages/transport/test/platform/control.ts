import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Seen, World } from "./platform.ts";
import { startPlatform } from "./start.ts";

/** The platform of a test file, fresh for every test. */
export interface Platform {
  readonly url: string;
  /** What the server accepts and holds from now on, and nothing else. */
  set(world: Partial<World>): Promise<void>;
  /** Changes a part of it. */
  change(world: Partial<World>): Promise<void>;
  /** The requests so far. */
  seen(): Promise<ReadonlyArray<Seen>>;
}

/** Starts the platform for this file's tests. */
export const usePlatform = (): Platform => {
  let running: Awaited<ReturnType<typeof startPlatform>>;
  const url = () => running.url;
  const post = async (path: string, body: unknown) => {
    await fetch(`${url()}/__/${path}`, { method: "POST", body: JSON.stringify(body) });
  };
  beforeAll(async () => {
    running = await startPlatform();
  });
  beforeEach(() => post("world", {}));
  afterAll(() => running.close());
  return {
    get url() {
      return url();
    },
    set: (world) => post("world", world),
    change: (world) => post("change", world),
    seen: async () => (await (await fetch(`${url()}/__/seen`)).json()) as ReadonlyArray<Seen>
  };
};
