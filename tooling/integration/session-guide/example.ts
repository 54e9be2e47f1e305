/** A request as Tidepool's guide writes it, with `{placeholders}`, and the answer that the guide shows, where it shows one. */
export interface Example {
  readonly title: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly query?: { readonly [name: string]: string } | null;
    readonly headers: { readonly [name: string]: string };
    readonly body: unknown;
  };
  readonly answer?: unknown;
}

/** Values for the placeholders. */
export type Values = { readonly [placeholder: string]: string };

/** The same with every placeholder filled in, at any depth. */
export const fill = <A>(template: A, values: Values): A => {
  const text = JSON.stringify(template).replaceAll(/\{(\w+)\}/gu, (placeholder, name: string) => {
    const value = values[name];
    return value === undefined ? placeholder : JSON.stringify(value).slice(1, -1);
  });
  return JSON.parse(text) as A;
};
