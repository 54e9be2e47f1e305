import type { Receipt } from "@tideway/core";
import { useUpload } from "./use-upload.ts";

const ReceiptView = ({ receipt }: { readonly receipt: Receipt }) => (
  <section aria-label="Receipt">
    <p>
      {receipt.sent} sent, {receipt.unchanged} already there, {receipt.rejected} rejected
    </p>
    <ul>
      {receipt.rejections.map(({ index, at, message }) => (
        <li key={index}>
          {at}: {message}
        </li>
      ))}
    </ul>
  </section>
);

/** Picks a file, shows how far its upload is, then the receipt. */
export const UploadForm = ({ userId }: { readonly userId: string }) => {
  const { state, start, cancel } = useUpload(userId);
  return (
    <main>
      <label>
        File{" "}
        <input
          type="file"
          disabled={state.is === "running"}
          onChange={({ target: { files } }) => {
            const file = files?.[0];
            if (file) void start(file);
          }}
        />
      </label>
      {state.is === "running" && (
        <p>
          <progress aria-label="Upload" value={state.fraction} />
          <button type="button" onClick={cancel}>
            Cancel
          </button>
        </p>
      )}
      {state.is === "done" && <ReceiptView receipt={state.receipt} />}
      {state.is === "failed" && <p role="alert">{state.message}</p>}
    </main>
  );
};
