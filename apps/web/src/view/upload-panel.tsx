import type { DemoState } from "../demo-state.ts";
import { sayCount } from "../say/number.ts";
import { UploadProgress } from "./upload-progress.tsx";

interface Props {
  readonly state: Extract<DemoState, { preview: unknown }>;
  readonly onUpload: () => void;
  readonly onCancel: () => void;
}

/** The button that uploads, and how far it is. */
export const UploadPanel = ({ state, onUpload, onCancel }: Props) => {
  if (state.step === "uploading" || state.step === "checking") {
    return (
      <UploadProgress
        counts={state.counts}
        total={state.preview.total}
        checking={state.step === "checking"}
        waiting={state.step === "uploading" ? state.waiting : undefined}
        onCancel={onCancel}
      />
    );
  }
  return (
    <div className="upload">
      {state.step === "preview" && state.error !== undefined && (
        <p role="alert" className="alert">
          {state.error}
        </p>
      )}
      <button type="button" className="main" onClick={onUpload}>
        {state.step === "done" ? "Upload the same again" : `Upload ${sayCount(state.preview.total, "datum")}`}
      </button>
      <p className="note">
        {state.step === "done"
          ? "A second upload sends nothing that is already there."
          : "Into a sandbox inside this tab. Nothing is sent over the network."}
      </p>
    </div>
  );
};
