const encoder = new TextEncoder();
const enough = 64 * 1024;

/** A JSON array as the reader streams it: `[`, a record a line, separated by commas, `]` on a line of its own; `[]` when empty. */
export const streamRecords = (records: Iterable<string>): ReadableStream<Uint8Array> => {
  const iterator = records[Symbol.iterator]();
  let first = true;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        let text = "";
        while (text.length < enough) {
          const next = iterator.next();
          if (next.done) {
            controller.enqueue(encoder.encode(first ? "[]" : `${text}\n]`));
            controller.close();
            return;
          }
          text += `${first ? "[" : ","}\n${next.value}`;
          first = false;
        }
        controller.enqueue(encoder.encode(text));
      },
      cancel() {
        iterator.return?.();
      }
    },
    { highWaterMark: 0 }
  );
};
