import { userOfPassword } from "../auth/check-password.ts";
import { hashToken } from "../auth/hash-token.ts";
import type { Exchange } from "../exchange.ts";
import { isFromElsewhere } from "../own/is-local-name.ts";
import type { OidcClient } from "./client.ts";
import { issuerOf } from "./endpoints.ts";
import { findClient } from "./find-client.ts";
import { base64Url } from "./json-web-token.ts";
import { escapeHtml, htmlAnswer, loginPage } from "./login-page.ts";

const codeLifetime = 60_000;
const challengePattern = /^[A-Za-z0-9_-]{43}$/;

interface Asked {
  readonly client: OidcClient;
  readonly redirectUri: string;
  readonly back: (parameters: Record<string, string>) => Response;
}

const refusedPage = (why: string, status = 400): Response =>
  htmlAnswer(status, "We are sorry", `<main><h1>We are sorry</h1><p class="error">${escapeHtml(why)}</p></main>`);

/** Who asks and where to send people back; a page where that is not certain, since then nobody may be sent anywhere. */
const askedOf = (exchange: Exchange): Asked | Response => {
  const parameters = exchange.url.searchParams;
  const client = findClient(exchange, parameters.get("client_id"));
  if (client === undefined) return refusedPage("Client not found.");
  const redirectUri = parameters.get("redirect_uri") ?? "";
  if (!URL.canParse(redirectUri)) return refusedPage("Invalid parameter: redirect_uri");
  if (client.redirectUris !== undefined && !client.redirectUris.includes(redirectUri)) {
    return refusedPage("Invalid parameter: redirect_uri");
  }
  const back = (answer: Record<string, string>) => {
    const target = new URL(redirectUri);
    const state = parameters.get("state");
    const all = { ...answer, ...(state === null ? {} : { state }), iss: issuerOf(exchange) };
    for (const [name, value] of Object.entries(all)) target.searchParams.set(name, value);
    return new Response(null, { status: 302, headers: { location: target.href, "cache-control": "no-store" } });
  };
  return { client, redirectUri, back };
};

const problemOf = ({ url }: Exchange): Record<string, string> | undefined => {
  const parameters = url.searchParams;
  const problem = (error: string, description: string) => ({ error, error_description: description });
  if (parameters.get("response_type") !== "code") {
    return problem("unsupported_response_type", "Only response_type=code is known.");
  }
  if (
    parameters.get("code_challenge_method") !== "S256" ||
    !challengePattern.test(parameters.get("code_challenge") ?? "")
  ) {
    return problem("invalid_request", "Missing or wrong code_challenge; its method is S256.");
  }
  if (parameters.get("prompt") === "none") return problem("login_required", "Nobody is logged in.");
  return undefined;
};

/** GET /realms/:realm/protocol/openid-connect/auth: the login page, once the request makes sense. */
export const showLogin = (exchange: Exchange): Response => {
  const asked = askedOf(exchange);
  if (asked instanceof Response) return asked;
  const problem = problemOf(exchange);
  return problem === undefined ? loginPage(asked.client.clientId) : asked.back(problem);
};

/** POST to the same address: e-mail and password in, back to the program with a code that is good for a minute, once. */
export const submitLogin = async (exchange: Exchange): Promise<Response> => {
  const { platform, url } = exchange;
  if (isFromElsewhere(exchange.request, url)) {
    return refusedPage("The form has to be sent from this sandbox's own page.", 403);
  }
  const asked = askedOf(exchange);
  if (asked instanceof Response) return asked;
  const problem = problemOf(exchange);
  if (problem !== undefined) return asked.back(problem);
  const form = new URLSearchParams(new TextDecoder().decode(await exchange.body()));
  const user = await userOfPassword(platform, form.get("username") ?? "", form.get("password") ?? "");
  if (user === undefined) return loginPage(asked.client.clientId, "Invalid e-mail or password.");
  if (!user.emailVerified) return loginPage(asked.client.clientId, "This e-mail address is not verified yet.");
  const code = base64Url(platform.runtime.randomBytes(32));
  const now = platform.now();
  const nonce = url.searchParams.get("nonce");
  platform.store.putToken({
    hash: await hashToken(code),
    kind: "code",
    userId: user.userId,
    service: false,
    family: platform.newId(),
    expiresAt: now + codeLifetime,
    clientId: asked.client.clientId,
    scope: url.searchParams.get("scope") ?? "openid",
    grant: {
      redirectUri: asked.redirectUri,
      challenge: url.searchParams.get("code_challenge") ?? "",
      authTime: String(Math.floor(now / 1000)),
      ...(nonce === null ? {} : { nonce })
    }
  });
  return asked.back({ code });
};
