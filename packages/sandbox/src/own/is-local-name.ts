/**
 * Whether an address names this machine, an IP address or a test: what a page of another site can make a browser call by a
 * name of its own (DNS rebinding) is none of those.
 */
export const isLocalName = (hostname: string): boolean => {
  const name = hostname.toLowerCase();
  if (name === "localhost" || name.endsWith(".localhost") || name.endsWith(".test")) return true;
  return name.startsWith("[") || /^\d+\.\d+\.\d+\.\d+$/.test(name);
};

/** Whether a browser says that a page of another site, or of another port, sent the request. Programs say nothing of the kind. */
export const isFromElsewhere = ({ headers }: Request, url: URL): boolean => {
  const site = headers.get("sec-fetch-site");
  if (site === "cross-site" || site === "same-site") return true;
  const origin = headers.get("origin");
  // `Origin: null` is what a browser says of a form on a page whose policy is no-referrer, as that of this sandbox's own is.
  return origin !== null && origin !== url.origin && !(origin === "null" && site === "same-origin");
};
