import { useId, useState } from "react";

const encodings: ReadonlyArray<readonly [label: string, name: string]> = [
  ["windows-1252", "Western European (windows-1252)"],
  ["windows-1250", "Central European (windows-1250)"],
  ["windows-1251", "Cyrillic (windows-1251)"],
  ["iso-8859-2", "Central European (iso-8859-2)"],
  ["utf-16le", "Unicode in two bytes (utf-16le)"],
  ["utf-16be", "Unicode in two bytes (utf-16be)"],
  ["shift_jis", "Japanese (shift_jis)"],
  ["gb18030", "Chinese (gb18030)"],
  ["big5", "Chinese (big5)"],
  ["euc-kr", "Korean (euc-kr)"]
];

interface Props {
  /** What was said about the encoding: those that it names come first. */
  readonly hint: string;
  readonly onEncoding: (encoding: string) => void;
}

/** Asks what a file is encoded in. */
export const EncodingForm = ({ hint, onEncoding }: Props) => {
  const id = useId();
  const isLikely = ([label]: readonly [string, string]): boolean => hint.includes(label);
  const offered = [...encodings.filter(isLikely), ...encodings.filter((encoding) => !isLikely(encoding))];
  const [encoding, setEncoding] = useState(offered[0]?.[0] ?? "windows-1252");
  return (
    <form
      className="answer"
      onSubmit={(event) => {
        event.preventDefault();
        onEncoding(encoding);
      }}
    >
      <label htmlFor={id}>The text is encoded in</label>
      <select id={id} value={encoding} onChange={({ target }) => setEncoding(target.value)}>
        {offered.map(([label, name]) => (
          <option key={label} value={label}>
            {name}
          </option>
        ))}
      </select>
      <button type="submit">Read it so</button>
    </form>
  );
};
