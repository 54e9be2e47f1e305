import { useEffect, useId, useRef, useState } from "react";
import type { Shown } from "../app/app-state.ts";
import { formatNumber } from "../format/number.ts";
import { settled } from "./settled.ts";
import { timeLeft } from "./time-left.ts";

interface Props {
  readonly shown: Extract<Shown, { step: "uploading" | "checking" }>;
  readonly onCancel: () => void;
  readonly onPause: (isPaused: boolean) => void;
}

/** How far an upload is, in a bar and in numbers, and what it can be told. */
export const UploadProgress = ({ shown, onCancel, onPause }: Props) => {
  const id = useId();
  const { counts, preview } = shown;
  const total = preview.counts.read;
  const done = settled(counts);
  const stop = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone.
  useEffect(() => stop.current?.focus(), []);
  const isOffline = useIsOffline();
  return (
    <div className="progress">
      <label htmlFor={id}>{labelOf(shown)}</label>
      {shown.step === "checking" ? (
        <progress
          id={id}
          {...(shown.readBack > 0 && {
            max: preview.dayOf.length,
            value: Math.min(shown.readBack, preview.dayOf.length)
          })}
        />
      ) : (
        <progress id={id} max={total} value={Math.min(done, total)} />
      )}
      <p className="note">
        {formatNumber(done)} of {formatNumber(total)} datums: {formatNumber(counts.sent)} sent,{" "}
        {formatNumber(counts.unchanged)} already there, {formatNumber(counts.rejected)} refused.
        {shown.step === "checking" && shown.readBack > 0 && ` ${formatNumber(shown.readBack)} read back.`}
        {shown.step === "uploading" && !shown.isPaused && (
          <Rate startedAt={shown.startedAt} done={done} total={total} />
        )}
        {shown.step === "uploading" && shown.waiting !== undefined && ` Waiting: ${shown.waiting}`}
        {isOffline && " This computer is offline: the sandbox in this browser answers all the same."}
      </p>
      <div className="chart-move">
        <button type="button" ref={stop} onClick={onCancel}>
          Stop
        </button>
        {shown.step === "uploading" && (
          <button type="button" onClick={() => onPause(!shown.isPaused)}>
            {shown.isPaused ? "Go on" : "Pause"}
          </button>
        )}
      </div>
    </div>
  );
};

const labelOf = (shown: Props["shown"]): string => {
  if (shown.step === "checking") return "Reading back and comparing…";
  return shown.isPaused ? "Paused" : "Uploading into the sandbox…";
};

/** How fast, and how long still, as of the last news. */
const Rate = ({
  startedAt,
  done,
  total
}: {
  readonly startedAt: number;
  readonly done: number;
  readonly total: number;
}) => {
  // Read when something has arrived, not at every rendering: the number shall not jump about.
  const [seen, setSeen] = useState({ done: 0, elapsed: 0 });
  if (seen.done !== done) setSeen({ done, elapsed: performance.now() - startedAt });
  const text = timeLeft({ done, total, elapsed: seen.elapsed });
  return text === "" ? null : ` ${text}`;
};

const useIsOffline = (): boolean => {
  const [isOffline, setOffline] = useState(() => !navigator.onLine);
  useEffect(() => {
    const listening = new AbortController();
    for (const type of ["online", "offline"]) {
      addEventListener(type, () => setOffline(!navigator.onLine), listening);
    }
    return () => listening.abort();
  }, []);
  return isOffline;
};
