import type { Progress } from "@tideway/core";

/** A line that tells how far an upload is: redrawn on a terminal, one line for each tenth elsewhere. */
export const createProgressLine = (stream: NodeJS.WriteStream, total: number) => {
  const live = stream.isTTY && process.env["TERM"] !== "dumb" && !process.env["CI"];
  let tenth = 0;
  return {
    show: (event: Progress): void => {
      if (event.type === "waiting")
        stream.write(`${live ? "\r\u001B[K" : ""}waiting ${event.milliseconds} ms: ${event.reason}\n`);
      if (event.type !== "chunk") return;
      const done = event.counts.sent + event.counts.unchanged;
      const share = Math.min(1, done / total);
      const filled = Math.round(share * 30);
      const text = `${"█".repeat(filled)}${"░".repeat(30 - filled)} ${done.toLocaleString("en-US")} of ${total.toLocaleString("en-US")}`;
      if (live) stream.write(`\r\u001B[K${text}`);
      else if (Math.floor(share * 10) > tenth) {
        tenth = Math.floor(share * 10);
        stream.write(`${text}\n`);
      }
    },
    end: (): void => {
      if (live) stream.write("\r\u001B[K");
    }
  };
};
