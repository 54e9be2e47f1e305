const allowedHeaders =
  "authorization,content-type,x-tidepool-session-token,x-tidepool-trace-request,x-tidepool-trace-session";
const exposedHeaders = "x-tidepool-session-token,x-tidepool-trace-request,x-tidepool-trace-session";
const allowedMethods = "GET,POST,PUT,PATCH,DELETE,OPTIONS";

/** Lets any origin read the answer, with credentials, as the gateway does; `Date` is not among what it may see. */
export const allowOrigin = (request: Request, response: Response): Response => {
  const origin = request.headers.get("origin");
  if (origin === null) return response;
  response.headers.set("access-control-allow-origin", origin);
  response.headers.set("access-control-allow-credentials", "true");
  response.headers.set("access-control-expose-headers", exposedHeaders);
  return response;
};

/** The answer to a browser's question before a request from another origin. */
export const answerPreflight = (request: Request): Response => {
  const headers = new Headers({
    "access-control-allow-methods": allowedMethods,
    "access-control-allow-headers": allowedHeaders,
    "access-control-max-age": "600"
  });
  return allowOrigin(request, new Response(null, { status: 200, headers }));
};
