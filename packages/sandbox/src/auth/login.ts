import type { Exchange } from "../exchange.ts";
import { jsonType, loginError } from "../http/answers.ts";
import { userOfPassword } from "./check-password.ts";
import { openSession } from "./session.ts";
import { userBody } from "./user-body.ts";

const credentialsOf = (header: string | null): { readonly email: string; readonly password: string } | undefined => {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(header ?? "") ?? [];
  if (encoded === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
    const text = new TextDecoder().decode(bytes);
    const colon = text.indexOf(":");
    if (colon < 1 || colon === text.length - 1) return undefined;
    return { email: text.slice(0, colon), password: text.slice(colon + 1) };
  } catch {
    return undefined;
  }
};

/** POST /auth/login: Basic credentials in, a `kc:` session token in the answer's header out. */
export const logIn = async ({ request, platform }: Exchange): Promise<Response> => {
  const credentials = credentialsOf(request.headers.get("authorization"));
  if (credentials === undefined) return loginError(400, "Missing id and/or password");
  const user = await userOfPassword(platform, credentials.email, credentials.password);
  if (user === undefined) return loginError(401, "No user matched the given details");
  if (!user.emailVerified) return loginError(403, "The user hasn't verified this account yet");
  const session = await openSession(platform, user.userId, platform.newId(), request.headers.get("user-agent"));
  return new Response(JSON.stringify(userBody(user)), {
    status: 200,
    headers: { "content-type": jsonType, "x-tidepool-session-token": session.token }
  });
};
