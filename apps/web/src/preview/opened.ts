import type { Need, OpenedSource, SourceDevice } from "@tideway/sources";
import type { Preview } from "./preview.ts";

/** Files of one format, and what was noticed while reading them. */
export interface Part {
  readonly format: string;
  readonly files: ReadonlyArray<string>;
  readonly devices: ReadonlyArray<SourceDevice>;
  /** What the files do not say and was taken for true, in sentences. */
  readonly assumed: ReadonlyArray<string>;
  /** What is readable but hardly true, in sentences. */
  readonly warnings: ReadonlyArray<string>;
  /** Records that Tidepool has no kind for, with how many there are. */
  readonly notMapped: ReadonlyArray<readonly [what: string, count: number]>;
}

/** A file that cannot be read, and what to do. */
export interface Refused {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

/** What opening files came to: questions, or a preview. */
export type Opened =
  | {
      readonly status: "asking";
      readonly parts: ReadonlyArray<Part>;
      readonly refused: ReadonlyArray<Refused>;
      readonly needs: ReadonlyArray<Need>;
    }
  | { readonly status: "ready"; readonly preview: Preview };

const sentence = ({ message }: { readonly message: string }): string => message;

/** Parts and refusals in a form that a worker can send. Notes are complete once all pages were read. */
export const partsOf = ({ parts, refused }: OpenedSource): Pick<Preview, "parts" | "refused"> => ({
  parts: parts.map(({ format, files, notes }) => ({
    format: format.name,
    files,
    devices: notes.devices,
    assumed: notes.assumed.map(sentence),
    warnings: notes.warnings.map(sentence),
    notMapped: [...notes.notMapped]
  })),
  refused: refused.map(({ file, error }) => ({ file, code: error.code, message: error.message }))
});
