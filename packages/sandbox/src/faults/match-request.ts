const methods = /^[A-Z]+$/;

const literal = (text: string): string => text.replaceAll(/[\\^$.+?()[\]{}|]/g, String.raw`\$&`);

/** Whether a request is meant by `POST /v1/*`, `/data/*` or `DELETE`; `*` stands for any text, no pattern for any request. */
export const matcherOf = (pattern: string | undefined): ((method: string, path: string) => boolean) => {
  if (pattern === undefined || pattern === "" || pattern === "*") return () => true;
  const words = pattern.trim().split(/\s+/);
  const method = words.find((word) => methods.test(word));
  const path = words.find((word) => !methods.test(word));
  const expression = path === undefined ? undefined : new RegExp(`^${path.split("*").map(literal).join(".*")}$`);
  return (sentMethod, sentPath) =>
    (method === undefined || method === sentMethod) && (expression === undefined || expression.test(sentPath));
};
