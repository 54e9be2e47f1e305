/** Whether the platform would refuse a datum that the schemas take: no real one is known, so these are made up. */
const isRefused = (datum: unknown): boolean =>
  String((datum as { readonly name?: unknown }).name).startsWith("refused");

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

const error = (more: object) => ({ code: "value-not-allowed", title: "refused", detail: "that is how it is", ...more });

/**
 * The answer to a request with datums that this server does not take, whatever the schemas say; undefined where it takes
 * them all. It names the culprits, or does not, or finds the request too large.
 */
export const refusalOf = async (request: Request): Promise<Response | undefined> => {
  if (request.method !== "POST" || !request.url.endsWith("/data")) return undefined;
  const text = await request.clone().text();
  if (!text.includes("refused")) return undefined;
  const datums = JSON.parse(text) as ReadonlyArray<Readonly<Record<string, unknown>>>;
  const culprits = datums.flatMap((datum, index) => (isRefused(datum) ? [{ index, name: String(datum["name"]) }] : []));
  const [first] = culprits;
  if (!first) return undefined;
  if (first.name.endsWith("100")) {
    return json(400, { errors: culprits.map(({ index }) => error({ source: { pointer: `/${index}/name` } })) });
  }
  return first.name.endsWith("200") ? json(400, { errors: [error({})] }) : json(413, error({}));
};
