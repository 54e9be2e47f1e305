const loopback = /^(?:localhost|.+\.localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

/** The name in a `Host` header or an option, in small letters, without port; undefined where there is none. */
const nameOf = (host: string): string | undefined => {
  if (/[/\\@?#\s]/.test(host) || !URL.canParse(`http://${host}`)) return undefined;
  return new URL(`http://${host}`).hostname.replace(/\.$/, "") || undefined;
};

const addressName = (address: string): string => (address.includes(":") ? `[${address}]` : address);

/**
 * Which names a server answers to: those of this machine's loopback, the one it is bound to, and those it was told. A web page that
 * lets its own name point to this machine (DNS rebinding) calls by none of them.
 */
export const ownHosts = (
  names: ReadonlyArray<string>
): ((host: string, localAddress: string | undefined) => boolean) => {
  const own = new Set(
    names.map((name) => nameOf(addressName(name)) ?? nameOf(name)).filter((name) => name !== undefined)
  );
  return (host, localAddress = "") => {
    const name = nameOf(host);
    if (name === undefined) return false;
    // Where it listens on every address, the one that the connection came in by: an address is no name that could point elsewhere.
    return loopback.test(name) || own.has(name) || name === nameOf(addressName(localAddress.replace("::ffff:", "")));
  };
};
