import type { UserSeed } from "@tideway/sandbox";

/** A recorded scenario, as `shared/conformance/README.md` describes it. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly users: ReadonlyArray<UserSeed>;
  readonly steps: ReadonlyArray<RequestStep | StoredStep>;
}

export interface RequestStep {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: string;
    readonly headers?: Readonly<Record<string, string | ReadonlyArray<string>>>;
    readonly body?: unknown;
    readonly rawBody?: string;
    readonly rawBodyBase64?: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly unordered?: boolean;
  };
  readonly capture?: Readonly<Record<string, string>>;
}

export interface StoredStep {
  readonly stored: { readonly set: string; readonly records?: ReadonlyArray<unknown>; readonly count?: number };
}

/** Puts captured values in the place of `${name}`, at any depth. */
export const filled = (value: unknown, captured: Readonly<Record<string, string>>): unknown => {
  if (typeof value === "string") return value.replaceAll(/\$\{(\w+)\}/g, (all, name: string) => captured[name] ?? all);
  if (Array.isArray(value)) return value.map((item) => filled(item, captured));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, filled(member, captured)]));
};
