import type { Counts } from "@tideway/core";
import { useEffect, useId, useRef } from "react";
import { formatNumber } from "../format/number.ts";
import { settled } from "./settled.ts";

interface Props {
  readonly counts: Counts;
  readonly total: number;
  readonly isChecking: boolean;
  readonly waiting: string | undefined;
  readonly onCancel: () => void;
}

/** How far an upload is, in a bar and in numbers. */
export const UploadProgress = ({ counts, total, isChecking, waiting, onCancel }: Props) => {
  const id = useId();
  const done = settled(counts);
  const stop = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone.
  useEffect(() => stop.current?.focus(), []);
  return (
    <div className="progress">
      <label htmlFor={id}>{isChecking ? "Reading back and comparing…" : "Uploading into the sandbox…"}</label>
      {isChecking ? <progress id={id} /> : <progress id={id} max={total} value={Math.min(done, total)} />}
      <p className="note">
        {formatNumber(done)} of {formatNumber(total)} datums: {formatNumber(counts.sent)} sent,{" "}
        {formatNumber(counts.unchanged)} already there, {formatNumber(counts.rejected)} refused.
        {waiting !== undefined && ` Waiting: ${waiting}`}
      </p>
      <button type="button" ref={stop} onClick={onCancel}>
        Stop
      </button>
    </div>
  );
};
