import { type DragEvent, useId, useState } from "react";

interface Props {
  readonly onFiles: (files: ReadonlyArray<File>) => void;
  /** While something is uploaded. */
  readonly isDisabled: boolean;
}

const isFolder = (item: DataTransferItem): boolean => item.webkitGetAsEntry()?.isDirectory === true;

/** A file input, the same as a place to drop files, and made-up data for those who have no file at hand. */
export const FileChooser = ({ onFiles, isDisabled }: Props) => {
  const id = useId();
  const [isOver, setOver] = useState(false);
  /** What is said of a drop that was not taken as it came. */
  const [aside, setAside] = useState("");

  const drag = (event: DragEvent, isOver: boolean): void => {
    event.preventDefault();
    setOver(isOver && !isDisabled);
  };
  const drop = (event: DragEvent): void => {
    drag(event, false);
    if (isDisabled) return setAside("Wait until the upload is done, or stop it.");
    const items = [...event.dataTransfer.items];
    const folders = items.map(isFolder);
    const files = [...event.dataTransfer.files].filter((_, index) => folders[index] !== true);
    setAside(folders.includes(true) ? "A folder is not read: drop the files out of it." : "");
    if (files.length > 0) onFiles(files);
  };
  const useSample = async (): Promise<void> => {
    const { sampleFile } = await import("./sample-file.ts");
    onFiles([sampleFile(Date.now())]);
  };

  return (
    <div
      className="chooser"
      data-over={isOver}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={drop}
    >
      <label htmlFor={`${id}file`}>Choose files with diabetes data, or drop them here</label>
      <input
        id={`${id}file`}
        type="file"
        multiple
        aria-describedby={`${id}hint`}
        disabled={isDisabled}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          setAside("");
          if (files.length > 0) onFiles(files);
          target.value = "";
        }}
      />
      <p id={`${id}hint`} className="note">
        Exports of Tidepool, Dexcom Clarity, LibreView, CareLink, Nightscout and others. Files that belong together:
        choose them together.
      </p>
      {aside !== "" && (
        <p className="note" role="alert">
          {aside}
        </p>
      )}
      <p className="chooser-sample">
        No file at hand?{" "}
        <button type="button" disabled={isDisabled} onClick={useSample}>
          Use made-up data
        </button>
      </p>
    </div>
  );
};
