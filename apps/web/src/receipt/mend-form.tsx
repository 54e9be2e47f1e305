import { useId, useState } from "react";
import type { RejectedDatum } from "../worker/upload-files.ts";

interface Props {
  readonly rejections: ReadonlyArray<RejectedDatum>;
  readonly onFiles: (files: ReadonlyArray<File>) => void;
}

/** Datums of more than this are mended in a file, by the list that can be saved. */
const most = 20;

/** The datums that were refused for one reason, to be mended and looked at again: they go the way of every file. */
export const MendForm = ({ rejections, onFiles }: Props) => {
  const id = useId();
  const datums = rejections.flatMap(({ datum }) => (datum === undefined ? [] : [datum])).slice(0, most);
  const [text, setText] = useState(() => JSON.stringify(datums, undefined, 2));
  if (datums.length === 0) return null;
  return (
    <details>
      <summary>Mend {datums.length === 1 ? "it" : "them"}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onFiles([new File([text], "mended.json", { type: "application/json" })]);
        }}
      >
        <label htmlFor={id}>{datums.length === 1 ? "The datum" : `The first ${datums.length}`} as JSON</label>
        <textarea
          id={id}
          rows={Math.min(16, text.split("\n").length + 1)}
          value={text}
          spellCheck={false}
          onChange={({ target }) => setText(target.value)}
        />
        <button type="submit">Look at {datums.length === 1 ? "it" : "them"} again</button>
      </form>
    </details>
  );
};
