import { type InputFile, type OpenedSource, type SourceProblem } from "@tideway/sources";
import { type GivenOptions, openFiles } from "./open-files.ts";

/** A datum as tests look at it. */
export interface ReadDatum {
  readonly type: string;
  readonly time: string;
  readonly origin: { readonly id: string };
  readonly [member: string]: unknown;
}

/** Everything that files give. */
export interface ReadSource {
  readonly source: OpenedSource;
  readonly datums: ReadonlyArray<ReadDatum>;
  readonly problems: ReadonlyArray<SourceProblem & { readonly at: string }>;
}

/** Opens files and reads them to their end. */
export const readSource = async (
  files: InputFile | ReadonlyArray<InputFile>,
  options: GivenOptions = {}
): Promise<ReadSource> => {
  const source = await openFiles("stream" in files ? [files] : files, options);
  const datums: Array<ReadDatum> = [];
  const problems: Array<SourceProblem & { readonly at: string }> = [];
  for await (const page of source.pages) {
    for (const entry of page) {
      if ("problem" in entry) problems.push({ ...entry.problem, at: entry.at });
      else datums.push(("text" in entry ? JSON.parse(entry.text) : entry.datum) as ReadDatum);
    }
  }
  return { source, datums, problems };
};
