import type { Progress } from "../contract/progress.ts";

/** Events that wait for a reader at most; beyond that the oldest is dropped. */
const longest = 1000;

/** Hands the events of an upload to everybody who iterates over it, from the moment they begin. */
export class ProgressFeed {
  private readonly readers = new Set<{ events: Array<Progress>; wake: (() => void) | undefined }>();
  private ended = false;

  push(event: Progress) {
    for (const reader of this.readers) {
      if (reader.events.length >= longest) reader.events.shift();
      reader.events.push(event);
      reader.wake?.();
    }
  }

  end() {
    this.ended = true;
    for (const { wake } of this.readers) wake?.();
  }

  /** Ends when the upload does; throws what it failed with. */
  async *read(outcome: PromiseLike<unknown>): AsyncGenerator<Progress> {
    const reader: { events: Array<Progress>; wake: (() => void) | undefined } = { events: [], wake: undefined };
    this.readers.add(reader);
    try {
      for (;;) {
        const event = reader.events.shift();
        if (event) yield event;
        else if (this.ended) break;
        else {
          await new Promise<void>((resolve) => {
            reader.wake = resolve;
          });
          reader.wake = undefined;
        }
      }
    } finally {
      this.readers.delete(reader);
    }
    await outcome;
  }
}
