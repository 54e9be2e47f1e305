/**
 * Whether an address names this machine, an IP address or a test: what a page of another site can make a browser call by a
 * name of its own (DNS rebinding) is none of those.
 */
export function isLocalName(hostname: string): boolean {
  const name = hostname.toLowerCase();
  if (name === "localhost" || name.endsWith(".localhost") || name.endsWith(".test")) return true;
  return name.startsWith("[") || /^\d+\.\d+\.\d+\.\d+$/.test(name);
}

/** Whether the sandbox's own routes answer a request: not for another name, not for a page of another site. */
export function mayUseOwnRoutes({ headers }: Request, url: URL): boolean {
  if (!isLocalName(url.hostname)) return false;
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  return (origin === null || origin === url.origin) && site !== "cross-site" && site !== "same-site";
}
