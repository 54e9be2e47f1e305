/** Throws a TypeError where this program would not notice that somebody poses as the server. */
export const checkPlatform = (server: string): void => {
  if (process.env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0" && server.startsWith("https:")) {
    throw new TypeError(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 lets anyone on the way pose as the server. Unset it; a certificate of your own goes into NODE_EXTRA_CA_CERTS."
    );
  }
};
