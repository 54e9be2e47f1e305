import { useMemo, useState } from "react";
import type { Shown } from "../app/app-state.ts";
import { FocusedHeading } from "../app/focused-heading.tsx";
import { formatBytes, formatCount } from "../format/number.ts";
import { nameOf, sizeOf } from "../format/selection.ts";
import { localTimeBy } from "../preview/local-time.ts";
import type { Preview } from "../preview/preview.ts";
import { EncodingForm } from "../read/encoding-form.tsx";
import { PartList } from "../read/part-list.tsx";
import { ReceiptView } from "../receipt/receipt-view.tsx";
import { UploadPanel } from "../send/upload-panel.tsx";
import type { Answers } from "../worker/messages.ts";
import { DaysCard } from "./days-card.tsx";
import { FindingList } from "./finding-list.tsx";
import { KindCounts } from "./kind-counts.tsx";
import { PreviewView } from "./preview-view.tsx";
import { ProblemList } from "./problem-list.tsx";

interface Props {
  readonly shown: Extract<Shown, { preview: unknown }>;
  readonly onUpload: () => void;
  readonly onCancel: () => void;
  readonly onAnswer: (answers: Answers) => void;
}

/** What was said of text that is not UTF-8, where there is some. */
const encodingHintOf = ({ refused, problems }: Preview): string | undefined =>
  [...refused, ...problems].find(({ code }) => code === "other-encoding" || code === "undecodable")?.message;

/** What was read, what becomes of it, and what it looks like. */
export const PreviewPage = ({ shown, onUpload, onCancel, onAnswer }: Props) => {
  const { selection, preview } = shown;
  const localTime = useMemo(() => localTimeBy(preview.clock), [preview.clock]);
  const [hasConsent, setConsent] = useState(false);
  const answers = Object.values(selection.answers);
  const encodingHint = encodingHintOf(preview);
  const needsConsent = preview.findings.some((finding) => finding.needsConsent);
  return (
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
        <UploadPanel shown={shown} isHeldBack={needsConsent && !hasConsent} onUpload={onUpload} onCancel={onCancel} />
        <ProblemList problems={preview.problems} />
        {encodingHint !== undefined && (
          <EncodingForm hint={encodingHint} onEncoding={(encoding) => onAnswer({ ...selection.answers, encoding })} />
        )}
        <PartList parts={preview.parts} refused={preview.refused} />
        <KindCounts kinds={preview.kinds} />
      </section>
      <div className="stack">
        {shown.step === "done" && <ReceiptView outcome={shown.outcome} />}
        <DaysCard shown={shown} localTime={localTime} />
        <PreviewView preview={preview} localTime={localTime} />
      </div>
    </div>
  );
};
