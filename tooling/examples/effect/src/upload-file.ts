import { uploadProgress } from "@tideway/core/effect";
import { openSource } from "@tideway/sources";
import { inputFiles } from "@tideway/sources/node";
import { HttpTransport } from "@tideway/transport/effect";
import { Clock, Console, Data, Effect, Stream } from "effect";

/** The files cannot be read, or something about them has to be known first. */
export class FilesUnreadable extends Data.TaggedError("FilesUnreadable")<{
  readonly message: string;
  readonly cause: unknown;
}> {}

const open = Effect.fn("open")(function* (path: string, timezone: string | undefined) {
  const now = yield* Clock.currentTimeMillis;
  return yield* Effect.tryPromise({
    try: async () => openSource(await inputFiles(path), { now, ...(timezone === undefined ? {} : { timezone }) }),
    catch: (cause) => new FilesUnreadable({ message: cause instanceof Error ? cause.message : String(cause), cause })
  });
});

/** Uploads what lies at a path, and tells what becomes of it. */
export const uploadFile = Effect.fn("upload-file")(function* (path: string, timezone: string | undefined) {
  const source = yield* open(path, timezone);
  const { userId } = yield* HttpTransport.currentUser;
  const target = { userId, app: { name: "org.example.effect", version: "1.0.0" } };
  yield* uploadProgress(target, () => source).pipe(
    Stream.runForEach((event) => {
      switch (event.type) {
        case "rejected":
          return Effect.logWarning(event.rejection.message, { at: event.rejection.at });
        case "waiting":
          return Effect.logInfo(event.reason);
        case "done":
          return Console.log(`${event.receipt.sent} sent, ${event.receipt.rejected} rejected`);
        default:
          return Effect.void;
      }
    })
  );
});
