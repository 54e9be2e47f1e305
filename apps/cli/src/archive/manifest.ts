/** One file of an archive: the records of one data set in one stretch of time, as the server gave them, one a line. */
export interface ArchivedFile {
  /** Its path in the archive; empty where there was no record, and so there is no file. */
  readonly path: string;
  readonly dataSet: string;
  /** Months since the year 0; left out: open. */
  readonly first?: number;
  readonly last?: number;
  readonly records: number;
  readonly bytes: number;
  readonly sha256: string;
  /** Of what the records say, in whatever order: see `ContentsHash`. */
  readonly contents: string;
  /** Times of the earliest and the latest record, RFC 3339. */
  readonly from?: string;
  readonly to?: string;
  /** When it was read, RFC 3339. */
  readonly readAt: string;
}

/** One data set of an archive. */
export interface ArchivedSet {
  readonly uploadId: string;
  readonly appName?: string;
  readonly createdTime?: string;
  readonly dataSetType?: string;
  /** Whether all of it was read; false where a download was broken off. */
  readonly isWhole: boolean;
  /** Whether it was gone from the account when that was last read: what was archived of it is kept. */
  readonly isGone: boolean;
}

/** What is in an archive: every file with its counts and hashes. */
export interface Manifest {
  readonly format: "tideway-archive";
  readonly version: 1;
  /** What wrote it: `tideway 1.2.3`. */
  readonly tool: string;
  readonly server: string;
  readonly userId: string;
  /** What the download was limited to, RFC 3339, and to the data sets of one app; left out: everything. */
  readonly limits: { readonly from?: string; readonly to?: string; readonly app?: string };
  /** When the latest download began and, once it was whole, ended. */
  readonly beganAt: string;
  readonly endedAt?: string;
  /** Of all data sets that are not gone. */
  readonly records: number;
  readonly contents: string;
  readonly from?: string;
  readonly to?: string;
  readonly dataSets: ReadonlyArray<ArchivedSet>;
  readonly files: ReadonlyArray<ArchivedFile>;
}

type Members = Readonly<Record<string, unknown>>;

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash = (value: unknown) => typeof value === "string" && /^[\da-f]{32,64}$/u.test(value);
const isText = (value: unknown) => typeof value === "string";
const isOptional = (is: (value: unknown) => boolean) => (value: unknown) => value === undefined || is(value);
/** Nothing outside of the archive is ever read or written by its manifest. */
const isPath = (value: unknown) =>
  value === "" || (isText(value) && /^data\/[\w-]+\/[\w-]+\.ndjson$/u.test(value as string));

const fileRules: Readonly<Record<keyof ArchivedFile, (value: unknown) => boolean>> = {
  path: isPath,
  dataSet: isText,
  first: isOptional(isCount),
  last: isOptional(isCount),
  records: isCount,
  bytes: isCount,
  sha256: isHash,
  contents: isHash,
  from: isOptional(isText),
  to: isOptional(isText),
  readAt: isText
};

const setRules: Readonly<Record<keyof ArchivedSet, (value: unknown) => boolean>> = {
  uploadId: isText,
  appName: isOptional(isText),
  createdTime: isOptional(isText),
  dataSetType: isOptional(isText),
  isWhole: (value) => typeof value === "boolean",
  isGone: (value) => typeof value === "boolean"
};

const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const faultOf = (value: unknown, rules: Readonly<Record<string, (value: unknown) => boolean>>, at: string) => {
  if (!isMembers(value)) return `${at} is no object`;
  const wrong = Object.entries(rules).find(([name, is]) => !is(value[name]));
  return wrong && `${at}/${wrong[0]} is missing or not as it should be`;
};

const manifestRules: Readonly<Record<keyof Manifest, (value: unknown) => boolean>> = {
  format: (value) => value === "tideway-archive",
  version: (value) => value === 1,
  tool: isText,
  server: isText,
  userId: isText,
  limits: isMembers,
  beganAt: isText,
  endedAt: isOptional(isText),
  records: isCount,
  contents: isHash,
  from: isOptional(isText),
  to: isOptional(isText),
  dataSets: Array.isArray,
  files: Array.isArray
};

/** What is wrong with something that should be a manifest, in words; undefined where nothing is. */
export const manifestFault = (value: unknown): string | undefined => {
  const fault = faultOf(value, manifestRules, "");
  if (fault !== undefined) return fault;
  const { dataSets, files } = value as Manifest;
  const faults = [
    ...dataSets.map((each, index) => faultOf(each, setRules, `/dataSets/${index}`)),
    ...files.map((each, index) => faultOf(each, fileRules, `/files/${index}`))
  ];
  return faults.find((each) => each !== undefined);
};
