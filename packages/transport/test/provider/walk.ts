/**
 * Opens a login page as a browser would, cookies and all, and follows it to the first address that is not the issuer's.
 * Resolves to that address. Node only: a real browser does this by itself.
 */
export const walk = async (start: string): Promise<string> => {
  const issuer = new URL(start).origin;
  const cookies = new Map<string, string>();
  let url = start;
  for (let steps = 0; steps < 20 && new URL(url).origin === issuer; steps += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { redirect: "manual", headers: { Cookie: cookie } });
    for (const one of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(one) as unknown as [string, string, string];
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location === null) throw new Error(`The login page stopped with ${response.status}: ${await response.text()}`);
    url = new URL(location, url).href;
  }
  return url;
};
