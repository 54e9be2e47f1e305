import type { News, Request } from "./messages.ts";
import { uploadFile } from "./upload-file.ts";

const tell = (news: News): void => postMessage(news);

let running = new AbortController();

const upload = async (file: File): Promise<void> => {
  running = new AbortController();
  const { signal } = running;
  try {
    const outcome = await uploadFile(file, {
      signal,
      onProgress: (event) => tell({ type: "progress", event }),
      onChecking: () => tell({ type: "checking" })
    });
    tell({ type: "finished", outcome });
  } catch (error) {
    tell({ type: "failed", message: error instanceof Error ? error.message : String(error), stopped: signal.aborted });
  }
};

addEventListener("message", ({ data }: MessageEvent<Request>) => {
  if (data.type === "upload") void upload(data.file);
  else running.abort();
});
