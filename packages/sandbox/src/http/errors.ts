/** One of the platform's problems: what goes into an error body. */
export interface Problem {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly source?: { readonly pointer: string } | { readonly parameter: string };
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** The one error a wrapped answer tells; its `status` is a text on the wire. */
export interface WrappedProblem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

const wrapped = (status: number, code: string, title: string, detail: string): WrappedProblem => ({
  status,
  code,
  title,
  detail
});

/** The older handlers' own errors. */
export const wrappedProblems = {
  unauthorized: wrapped(
    403,
    "unauthorized",
    "auth token is not authorized for requested action",
    "Auth token is not authorized for requested action"
  ),
  jsonMalformed: wrapped(400, "json-malformed", "json is malformed", "JSON is malformed"),
  userIdMissing: wrapped(400, "user-id-missing", "user id is missing", "User id is missing"),
  dataSetIdMissing: wrapped(400, "data-set-id-missing", "data set id is missing", "Data set id is missing"),
  internal: wrapped(500, "internal-server-failure", "internal server failure", "Internal server failure"),
  dataSetNotFound: (id: string) =>
    wrapped(404, "data-set-id-not-found", "data set with specified id not found", `Data set with id ${id} not found`),
  dataSetClosed: (id: string) =>
    wrapped(
      409,
      "data-set-closed",
      "data set with specified id is closed for new data",
      `Data set with id ${id} is closed for new data`
    )
} as const;

/** The newer handlers' errors, and those of authentication. */
export const bareProblems = {
  unauthenticated: {
    code: "unauthenticated",
    title: "authentication token is invalid",
    detail: "authentication token is invalid"
  },
  unauthorized: {
    code: "unauthorized",
    title: "authentication token is not authorized for requested action",
    detail: "authentication token is not authorized for requested action"
  },
  jsonMalformed: { code: "json-malformed", title: "json is malformed", detail: "json is malformed" },
  jsonNotFound: { code: "json-not-found", title: "json not found", detail: "json not found" },
  notFound: (id: string): Problem => ({
    code: "resource-not-found",
    title: "resource not found",
    detail: `resource with id "${id}" not found`
  }),
  parameterMissing: (parameter: string): Problem => ({
    code: "parameter-missing",
    title: "parameter is missing",
    detail: `parameter "${parameter}" is missing`
  }),
  internal: { code: "internal-server-error", title: "internal server error", detail: "internal server error" }
} as const;

const titles: Readonly<Record<string, string>> = {
  "type-not-bool": "type is not bool",
  "type-not-float64": "type is not float64",
  "type-not-int": "type is not int",
  "type-not-string": "type is not string",
  "type-not-time": "type is not time",
  "type-not-object": "type is not object",
  "type-not-array": "type is not array",
  "value-not-parsable": "value is not a parsable time",
  "not-parsed": "not parsed",
  "value-not-exists": "value does not exist",
  "value-exists": "value exists",
  "value-empty": "value is empty",
  "value-not-empty": "value is not empty",
  "value-duplicate": "value is a duplicate",
  "value-out-of-range": "value is out of range",
  "value-not-allowed": "value is not one of the allowed values",
  "value-disallowed": "value is one of the disallowed values",
  "value-matches": "value matches expression",
  "value-not-matches": "value does not match expression",
  "value-not-after": "value is not after the specified time",
  "value-not-before": "value is not before the specified time",
  "value-not-valid": "value is not valid",
  "value-not-serializable": "value is not serializable",
  "values-not-exist-for-any": "values do not exist for any",
  "values-not-exist-for-one": "values do not exist for one",
  "length-out-of-range": "length is out of range",
  "size-out-of-range": "size is out of range",
  "value-not-true": "value is not true",
  "value-not-false": "value is not false"
};

/** The title that goes with a code. */
export const titleOf = (code: string): string => titles[code] ?? code;
