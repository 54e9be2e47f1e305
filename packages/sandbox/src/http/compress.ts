/** Gzips an answer where the request allows it, as the data service does; says that the answer varies by that. */
export const compress = (request: Request, response: Response): Response => {
  response.headers.set("vary", "Accept-Encoding");
  const accepted = request.headers.get("accept-encoding")?.includes("gzip") ?? false;
  if (!accepted || response.body === null) return response;
  const headers = new Headers(response.headers);
  headers.set("content-encoding", "gzip");
  const body = response.body.pipeThrough(
    new CompressionStream("gzip") as unknown as ReadableWritablePair<Uint8Array, Uint8Array>
  );
  return new Response(body, { status: response.status, headers });
};
