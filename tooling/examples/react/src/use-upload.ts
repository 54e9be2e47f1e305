import { type ClientOptions, createClient, isUploadAborted, type Receipt } from "@tideway/core";
import { createIndexedDbLedger } from "@tideway/core/browser";
import { openSource } from "@tideway/sources";
import { useEffect, useRef, useState } from "react";
import { transport } from "./tidepool.ts";

/** How far an upload is. */
export type UploadState =
  | { readonly is: "idle" }
  | { readonly is: "running"; readonly fraction?: number }
  | { readonly is: "done"; readonly receipt: Receipt }
  | { readonly is: "failed"; readonly message: string };

const app: ClientOptions["app"] = { name: "org.example.page", version: "1.0.0" };
const ledger = createIndexedDbLedger();
const { timeZone: timezone } = Intl.DateTimeFormat().resolvedOptions();

/** Uploads a file for a user. An upload ends with the component, or with `cancel`. */
export const useUpload = (userId: string) => {
  const [state, setState] = useState<UploadState>({ is: "idle" });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (file: File): Promise<void> => {
    const { signal } = (running.current = new AbortController());
    setState({ is: "running" });
    try {
      const source = await openSource([file], { now: Date.now(), timezone });
      const upload = createClient({ transport, userId, app, ledger }).upload(() => source, { signal });
      for await (const event of upload) {
        if (event.type === "chunk")
          setState({ is: "running", ...(event.fraction ? { fraction: event.fraction } : {}) });
      }
      setState({ is: "done", receipt: await upload });
    } catch (error) {
      if (isUploadAborted(error)) setState({ is: "idle" });
      else setState({ is: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  };

  return { state, start, cancel: () => running.current?.abort() };
};
