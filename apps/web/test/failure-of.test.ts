import { UploadAborted, UploadStopped, type Receipt, SourceFailed } from "@tideway/core";
import { UnreadableInput } from "@tideway/sources";
import { expect, it } from "vitest";
import { failureOf } from "../src/worker/failure-of.ts";

const receipt = { sent: 1200, unchanged: 0, inDoubt: 1000, notSent: 300 } as Receipt;
const { signal } = new AbortController();

it("tells what a stop left in the sandbox, and what is not known", () => {
  const error = new UploadAborted({ message: "aborted", cause: "the person", receipt });
  expect(failureOf(error, AbortSignal.abort(), "upload")).toEqual({
    code: "failed",
    isStopped: true,
    message:
      "Stopped. 1,200 datums of it are in the sandbox. Of 1,000 more it is not known. Send it again to send the rest: nothing is doubled."
  });
});

it("says that a file was changed on disk, however deep the cause", () => {
  const cause = new SourceFailed({
    message: "The source failed: see the cause.",
    cause: new DOMException("", "NotReadableError")
  });
  const { message } = failureOf(new UploadStopped({ message: "stopped", cause, receipt }), signal, "upload");
  expect(message).toMatch(/^The file can no longer be read: .+ 1,200 datums of it are in the sandbox\./);
});

it("keeps the code of an input that cannot be read, which tells what can be asked", () => {
  expect(failureOf(new UnreadableInput("other-encoding", "Say which."), signal, "open")).toEqual({
    code: "other-encoding",
    message: "Say which.",
    isStopped: false
  });
});

it("finds such an input below what the engine says of it, and tells of no sandbox where only a preview failed", () => {
  const cause = new SourceFailed({
    message: "The source failed: other-encoding.",
    cause: new UnreadableInput("other-encoding", "Say which.")
  });
  const error = new UploadStopped({ message: "stopped", cause, receipt });
  expect(failureOf(error, signal, "open")).toMatchObject({ code: "other-encoding", message: "Say which." });
});
