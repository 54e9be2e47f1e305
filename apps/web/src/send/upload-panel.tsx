import type { Shown } from "../app/app-state.ts";
import { formatCount, formatNumber } from "../format/number.ts";
import type { Preview } from "../preview/preview.ts";
import { countProblems } from "../preview/problems.ts";
import { UploadButton } from "./upload-button.tsx";
import { UploadProgress } from "./upload-progress.tsx";

interface Props {
  readonly shown: Extract<Shown, { preview: unknown }>;
  /** Something has to be confirmed first. */
  readonly isHeldBack: boolean;
  readonly onUpload: () => void;
  readonly onCancel: () => void;
  readonly onPause: (isPaused: boolean) => void;
}

/** What becomes of what is not sent by itself: `26 inside others · 2 refused`. */
const othersOf = ({ problems }: Preview): string => {
  const inside = countProblems(problems, ({ code }) => code === "inside-another");
  const replaced = countProblems(problems, ({ code }) => code === "superseded");
  const leftOut = countProblems(problems, ({ fate }) => fate === "left out") - inside - replaced;
  const refused = countProblems(problems, ({ fate }) => fate === "refused");
  const unreadable = countProblems(problems, ({ fate }) => fate === "unreadable");
  return [
    ...(inside > 0 ? [`${formatNumber(inside)} inside others`] : []),
    ...(replaced > 0 ? [`${formatNumber(replaced)} replaced by a later version`] : []),
    ...(leftOut > 0 ? [`${formatNumber(leftOut)} left out`] : []),
    ...(refused > 0 ? [`${formatNumber(refused)} refused`] : []),
    ...(unreadable > 0 ? [`${formatNumber(unreadable)} unreadable`] : [])
  ].join(" · ");
};

const labelOf = ({ step, preview }: Props["shown"]): string => {
  if (preview.counts.sent === 0) return "Nothing to send";
  return step === "done" ? "Send the same again" : `Send ${formatCount(preview.counts.sent, "datum")}`;
};

/** The button that uploads, and how far it is. */
export const UploadPanel = ({ shown, isHeldBack, onUpload, onCancel, onPause }: Props) => {
  const { preview } = shown;
  if (shown.step === "uploading" || shown.step === "checking") {
    return <UploadProgress shown={shown} onCancel={onCancel} onPause={onPause} />;
  }
  const error = shown.step === "preview" ? shown.error : undefined;
  const others = othersOf(preview);
  return (
    <div className="upload">
      {error !== undefined && (
        <p role="alert" className="alert">
          {error}
        </p>
      )}
      <UploadButton
        key={shown.step}
        isDisabled={isHeldBack || preview.counts.sent === 0}
        takesFocus={error !== undefined}
        onUpload={onUpload}
      >
        {labelOf(shown)}
      </UploadButton>
      {others !== "" && <p className="note">{others}</p>}
      <p className="note">
        {isHeldBack
          ? "First say that the label above is right."
          : shown.step === "done"
            ? "A second upload sends nothing that is already there."
            : "Into a sandbox inside this browser. Nothing is sent over the network."}
      </p>
    </div>
  );
};
