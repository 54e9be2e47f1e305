import { type DragEvent, useId, useState } from "react";
import { sampleFile } from "../sample/sample-file.ts";

interface Props {
  readonly onFile: (file: File) => void;
  readonly disabled: boolean;
}

/** A file input, the same as a place to drop a file, and made-up data for those who have no file at hand. */
export const FileChooser = ({ onFile, disabled }: Props) => {
  const id = useId();
  const [over, setOver] = useState(false);
  /** What is said of a drop that was not taken as it came. */
  const [aside, setAside] = useState("");

  const drag = (event: DragEvent, over: boolean): void => {
    event.preventDefault();
    setOver(over && !disabled);
  };
  const drop = (event: DragEvent): void => {
    drag(event, false);
    const [file, another] = event.dataTransfer.files;
    const isFolder = event.dataTransfer.items[0]?.webkitGetAsEntry()?.isDirectory === true;
    setAside(
      isFolder
        ? "That is a folder: drop a file out of it."
        : another && file
          ? `One file at a time: this is ${file.name} alone.`
          : ""
    );
    if (file !== undefined && !disabled && !isFolder) onFile(file);
  };

  return (
    <div
      className="chooser"
      data-over={over}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={drop}
    >
      <label htmlFor={`${id}file`}>Choose a file with diabetes data, or drop it here</label>
      <input
        id={`${id}file`}
        type="file"
        accept=".json,.ndjson,.jsonl,application/json"
        aria-describedby={`${id}hint`}
        disabled={disabled}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) onFile(file);
          target.value = "";
        }}
      />
      <p id={`${id}hint`} className="note">
        Tidepool’s own export, or any JSON array or NDJSON of datums.
      </p>
      {aside !== "" && (
        <p className="note" role="alert">
          {aside}
        </p>
      )}
      <p className="chooser-sample">
        No file at hand?{" "}
        <button type="button" disabled={disabled} onClick={() => onFile(sampleFile())}>
          Use made-up data
        </button>
      </p>
    </div>
  );
};
