import { formatCount, formatNumber } from "../format/number.ts";
import type { Part, Refused } from "../preview/opened.ts";

const Sentences = ({ title, sentences }: { readonly title: string; readonly sentences: ReadonlyArray<string> }) =>
  sentences.length === 0 ? null : (
    <div>
      <dt>{title}</dt>
      {sentences.map((sentence) => (
        <dd key={sentence}>{sentence}</dd>
      ))}
    </div>
  );

const OnePart = ({ part }: { readonly part: Part }) => (
  <dl className="part">
    <Sentences title="Format" sentences={[part.format]} />
    {part.files.length > 1 && <Sentences title="Files" sentences={part.files} />}
    <Sentences title="Devices" sentences={[...new Set(part.devices.map(({ id, model }) => model ?? id))]} />
    <Sentences title="Taken for true" sentences={part.assumed} />
    <Sentences title="To look at" sentences={part.warnings} />
    <Sentences
      title="Not taken over: Tidepool has no kind for it"
      sentences={part.notMapped.map(([what, count]) => `${what}: ${formatNumber(count)}`)}
    />
  </dl>
);

interface Props {
  readonly parts: ReadonlyArray<Part>;
  readonly refused: ReadonlyArray<Refused>;
}

/** What the files are: their formats, devices, what was noticed, and those that cannot be read. */
export const PartList = ({ parts, refused }: Props) => (
  <>
    {parts.map((part) => (
      <OnePart key={`${part.format} ${part.files.join(" ")}`} part={part} />
    ))}
    {refused.length > 0 && (
      <div className="alert">
        <strong>{formatCount(refused.length, "file")} cannot be read.</strong>
        <ul>
          {refused.map(({ file, message }) => (
            <li key={file}>{message.startsWith(file) ? message : `${file}: ${message}`}</li>
          ))}
        </ul>
      </div>
    )}
  </>
);
