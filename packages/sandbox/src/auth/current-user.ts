import type { Exchange } from "../exchange.ts";
import { jsonType } from "../http/answers.ts";
import { callerOfToken } from "./authenticate.ts";
import { userBody } from "./user-body.ts";

/** GET /auth/user: whose token it is. */
export const currentUser = async ({ request, platform, now }: Exchange): Promise<Response> => {
  const token = request.headers.get("x-tidepool-session-token") ?? "";
  const caller = await callerOfToken(token, { store: platform.store, now, serviceSecret: undefined });
  const user = caller?.kind === "user" ? platform.store.getUser(caller.userId) : undefined;
  if (user === undefined) return new Response(null, { status: 401 });
  return new Response(JSON.stringify(userBody(user)), { status: 200, headers: { "content-type": jsonType } });
};
