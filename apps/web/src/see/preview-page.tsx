import { lazy, Suspense, useMemo, useState } from "react";
import type { EngineNote, Shown } from "../app/app-state.ts";
import { FocusedHeading } from "../app/focused-heading.tsx";
import { PartBoundary } from "../app/part-boundary.tsx";
import { formatBytes, formatCount } from "../format/number.ts";
import { nameOf, sizeOf } from "../format/selection.ts";
import { doneDays } from "../preview/local-days.ts";
import { localTimeBy } from "../preview/local-time.ts";
import type { Preview } from "../preview/preview.ts";
import { EncodingForm } from "../read/encoding-form.tsx";
import { PartList } from "../read/part-list.tsx";
import { RepeatedHourForm } from "../read/repeated-hour-form.tsx";
import { TravelForm } from "../read/travel-form.tsx";
import { ReceiptView } from "../receipt/receipt-view.tsx";
import { SandboxPanel } from "../sandbox/sandbox-panel.tsx";
import { OverlapNotice } from "../send/overlap-notice.tsx";
import { UploadPanel } from "../send/upload-panel.tsx";
import type { Answers } from "../worker/messages.ts";
import { FindingList } from "./finding-list.tsx";
import { KindCounts } from "./kind-counts.tsx";
import { ProblemList } from "./problem-list.tsx";

// Charts load once there is something to draw.
const PreviewView = lazy(async () => ({ default: (await import("./preview-view.tsx")).PreviewView }));

interface Props {
  readonly shown: Extract<Shown, { preview: unknown }>;
  readonly notes: ReadonlyArray<EngineNote>;
  readonly onUpload: () => void;
  readonly onCancel: () => void;
  readonly onPause: (isPaused: boolean) => void;
  readonly onUndo: () => void;
  readonly onFiles: (files: ReadonlyArray<File>) => void;
  readonly onAnswer: (answers: Answers) => void;
}

/** Which days have arrived; undefined where nothing is being sent. */
const doneOf = (shown: Props["shown"]): ReadonlyArray<boolean> | undefined => {
  if (shown.step !== "uploading") return undefined;
  const { preview, counts } = shown;
  const { sent, unchanged } = counts;
  // What is inside others is stored by itself, and not counted by itself when it is sent.
  return doneDays(preview, Math.floor(((sent + unchanged) * preview.dayOf.length) / Math.max(1, preview.counts.sent)));
};

/** What was said of text that is not UTF-8, where there is some. */
const encodingHintOf = ({ refused, problems }: Preview): string | undefined =>
  [...refused, ...problems].find(({ code }) => code === "other-encoding" || code === "undecodable")?.message;

/** What was read, what becomes of it, and what it looks like. */
export const PreviewPage = ({ shown, notes, onUpload, onCancel, onPause, onUndo, onFiles, onAnswer }: Props) => {
  const { selection, preview } = shown;
  const localTime = useMemo(() => localTimeBy(preview.clock), [preview.clock]);
  const [hasConsent, setConsent] = useState(false);
  const answers = Object.values(selection.answers).filter((answer) => typeof answer === "string");
  const encodingHint = encodingHintOf(preview);
  const needsConsent = preview.findings.some((finding) => finding.needsConsent);
  return (
    <>
      {shown.step === "done" && (
        <ReceiptView outcome={shown.outcome} undone={shown.undone} onUndo={onUndo} onFiles={onFiles} />
      )}
      <div className="columns">
        <section className="card side" aria-labelledby="file">
          <FocusedHeading id="file">{nameOf(selection)}</FocusedHeading>
          <p>
            {formatCount(preview.counts.read, "datum")}, {formatBytes(sizeOf(selection))}
          </p>
          {answers.length > 0 && (
            <p className="note">
              Read as you told: {answers.join(", ")}.{" "}
              <button type="button" onClick={() => onAnswer({})}>
                Tell it again
              </button>
            </p>
          )}
          <FindingList findings={preview.findings} hasConsent={hasConsent} onConsent={setConsent} />
          <UploadPanel
            shown={shown}
            isHeldBack={needsConsent && !hasConsent}
            onUpload={onUpload}
            onCancel={onCancel}
            onPause={onPause}
          />
          {shown.step === "preview" && <OverlapNotice selection={selection} />}
          <ProblemList problems={preview.problems} />
          {encodingHint !== undefined && (
            <EncodingForm hint={encodingHint} onEncoding={(encoding) => onAnswer({ ...selection.answers, encoding })} />
          )}
          {preview.problems.some(({ code }) => code === "time-occurs-twice") && (
            <RepeatedHourForm onAnswer={(repeatedHour) => onAnswer({ ...selection.answers, repeatedHour })} />
          )}
          {selection.answers.timezone !== undefined && (
            <TravelForm
              timezone={selection.answers.timezone}
              travel={selection.answers.travel ?? []}
              onTravel={(travel) => onAnswer({ ...selection.answers, travel })}
            />
          )}
          <PartList parts={preview.parts} refused={preview.refused} />
          <KindCounts kinds={preview.kinds} />
        </section>
        <div className="stack">
          <PartBoundary>
            <Suspense fallback={<p className="note">Drawing…</p>}>
              <PreviewView preview={preview} localTime={localTime} done={doneOf(shown)} />
            </Suspense>
          </PartBoundary>
          <SandboxPanel notes={notes} isUploading={shown.step === "uploading"} />
        </div>
      </div>
    </>
  );
};
