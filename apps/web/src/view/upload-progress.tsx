import type { Counts } from "@tideway/core";
import { useId } from "react";
import { sayNumber } from "../say/number.ts";
import { settled } from "../upload/settled.ts";

interface Props {
  readonly counts: Counts;
  readonly total: number;
  readonly checking: boolean;
  readonly waiting: string | undefined;
  readonly onCancel: () => void;
}

/** How far an upload is, in a bar and in numbers. */
export const UploadProgress = ({ counts, total, checking, waiting, onCancel }: Props) => {
  const id = useId();
  const done = settled(counts);
  return (
    <div className="progress">
      <label htmlFor={id}>{checking ? "Reading back and comparing…" : "Uploading into the sandbox…"}</label>
      {checking ? <progress id={id} /> : <progress id={id} max={total} value={Math.min(done, total)} />}
      <p className="note">
        {sayNumber(done)} of {sayNumber(total)} datums: {sayNumber(counts.sent)} sent, {sayNumber(counts.unchanged)}{" "}
        already there, {sayNumber(counts.rejected)} refused.
        {waiting !== undefined && ` Waiting: ${waiting}`}
      </p>
      <button type="button" onClick={onCancel}>
        Stop
      </button>
    </div>
  );
};
