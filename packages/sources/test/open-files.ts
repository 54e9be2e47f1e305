import { type InputFile, type OpenedSource, openSource, type OpenSourceOptions } from "@tideway/sources";

/** After all records in tests that are not about the future. */
export const testNow = Date.UTC(2030, 0, 1);

/** What a test tells about files; the present moment only where it matters. */
export type GivenOptions = Partial<OpenSourceOptions>;

export const openFiles = (files: ReadonlyArray<InputFile>, options: GivenOptions = {}): Promise<OpenedSource> =>
  openSource(files, { now: testNow, ...options });
