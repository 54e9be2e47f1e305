import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import * as oauth from "oauth4webapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const insecure = { [oauth.allowInsecureRequests]: true };
const redirectUri = "http://127.0.0.1:9999/callback";
const user = { userId: "a1b2c3d4e5", email: "anna@example.test", password: "not a real one" };

let server: Listening;
let issuer: oauth.AuthorizationServer;

beforeAll(async () => {
  const clients = [
    { clientId: "app", redirectUris: [redirectUri] },
    { clientId: "job", secret: "job secret", service: true }
  ];
  server = await listen(createSandbox({ users: [user], clients }));
  const info = (await (await fetch(`${server.url}/info`)).json()) as { auth: { url: string; realm: string } };
  const address = new URL(`${info.auth.url}/realms/${info.auth.realm}`);
  issuer = await oauth.processDiscoveryResponse(address, await oauth.discoveryRequest(address, insecure));
});
afterAll(() => server.close());

const client: oauth.Client = { client_id: "app" };

const authorize = async (password = user.password) => {
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const address = new URL(issuer.authorization_endpoint ?? "");
  address.search = new URLSearchParams({
    client_id: "app",
    redirect_uri: redirectUri,
    response_type: "code",
    scope: "openid offline_access",
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce
  }).toString();
  const page = await fetch(address);
  const form = new URLSearchParams({ username: user.email, password });
  const sent = await fetch(address, { method: "POST", body: form, redirect: "manual" });
  return { verifier, state, nonce, page, sent };
};

const exchangeCode = async ({ verifier, state, nonce, sent }: Awaited<ReturnType<typeof authorize>>) => {
  const back = new URL(sent.headers.get("location") ?? "");
  const parameters = oauth.validateAuthResponse(issuer, client, back, state);
  const request = () =>
    oauth.authorizationCodeGrantRequest(issuer, client, oauth.None(), parameters, redirectUri, verifier, insecure);
  const answer = await request();
  const tokens = await oauth.processAuthorizationCodeResponse(issuer, client, answer, {
    expectedNonce: nonce,
    requireIdToken: true
  });
  return { tokens, again: request };
};

const refresh = async (token: string) => {
  const answer = await oauth.refreshTokenGrantRequest(issuer, client, oauth.None(), token, insecure);
  return oauth.processRefreshTokenResponse(issuer, client, answer);
};

const sessionStatus = async (token: string | undefined) => {
  const headers = { "x-tidepool-session-token": token ?? "" };
  return (await fetch(`${server.url}/v1/users/${user.userId}/data_sets`, { headers })).status;
};

describe("oauth4webapi, unchanged", () => {
  it("finds the issuer through /info, logs in by code with PKCE and gets tokens that work as session tokens", async () => {
    const asked = await authorize();
    expect(asked.page.status).toBe(200);
    expect(await asked.page.text()).toContain("Log in");
    const { tokens } = await exchangeCode(asked);
    expect(oauth.getValidatedIdTokenClaims(tokens)?.sub).toBe(user.userId);
    expect(tokens.expires_in).toBe(600);
    expect(await sessionStatus(tokens.access_token)).toBe(200);
    const info = await oauth.userInfoRequest(issuer, client, tokens.access_token, insecure);
    expect(await oauth.processUserInfoResponse(issuer, client, user.userId, info)).toMatchObject({ email: user.email });
  });

  it("verifies the ID token's signature by the published keys", async () => {
    const { tokens } = await exchangeCode(await authorize());
    const { keys } = (await (await fetch(issuer.jwks_uri ?? "")).json()) as { keys: [JsonWebKey] };
    const [head = "", body = "", signature = ""] = (tokens.id_token ?? "").split(".");
    const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("jwk", keys[0], algorithm, false, ["verify"]);
    const bytes = Buffer.from(signature, "base64url");
    expect(await crypto.subtle.verify(algorithm, key, bytes, Buffer.from(`${head}.${body}`))).toBe(true);
    expect(keys[0]).not.toHaveProperty("d");
  });

  it("refreshes with rotation, and a refresh token shown twice ends the whole login", async () => {
    const { tokens } = await exchangeCode(await authorize());
    const second = await refresh(tokens.refresh_token ?? "");
    expect(second.refresh_token).not.toBe(tokens.refresh_token);
    expect(await sessionStatus(second.access_token)).toBe(200);
    await expect(refresh(tokens.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
    await expect(refresh(second.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
    expect(await sessionStatus(second.access_token)).toBe(401);
  });

  it("takes a code once; a second use ends what the first began", async () => {
    const { tokens, again } = await exchangeCode(await authorize());
    expect((await again()).status).toBe(400);
    expect(await sessionStatus(tokens.access_token)).toBe(401);
  });

  it("revokes a login", async () => {
    const { tokens } = await exchangeCode(await authorize());
    const answer = await oauth.revocationRequest(issuer, client, oauth.None(), tokens.refresh_token ?? "", insecure);
    await oauth.processRevocationResponse(answer);
    expect(await sessionStatus(tokens.access_token)).toBe(401);
  });

  it("makes a trusted service of a client with a secret", async () => {
    const job: oauth.Client = { client_id: "job" };
    const ask = (secret: string) =>
      oauth.clientCredentialsGrantRequest(issuer, job, oauth.ClientSecretPost(secret), new URLSearchParams(), insecure);
    const tokens = await oauth.processClientCredentialsResponse(issuer, job, await ask("job secret"));
    expect(await sessionStatus(tokens.access_token)).toBe(200);
    expect((await ask("wrong")).status).toBe(401);
  });
});

describe("the login service", () => {
  it("refuses a wrong password on its page", async () => {
    const { sent } = await authorize("wrong");
    expect(sent.status).toBe(401);
    expect(await sent.text()).toContain("Invalid e-mail or password.");
  });

  it("refuses a wrong code verifier", async () => {
    const asked = await authorize();
    const forged = { ...asked, verifier: oauth.generateRandomCodeVerifier() };
    await expect(exchangeCode(forged)).rejects.toMatchObject({ error: "invalid_grant" });
  });

  it("sends nobody to an address that the client did not register", async () => {
    const address = new URL(issuer.authorization_endpoint ?? "");
    address.search = new URLSearchParams({ client_id: "app", redirect_uri: "https://evil.example/" }).toString();
    const answer = await fetch(address, { redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
  });

  it("asks public clients for PKCE", async () => {
    const address = new URL(issuer.authorization_endpoint ?? "");
    const asked = { client_id: "app", redirect_uri: redirectUri, response_type: "code", state: "s" };
    address.search = new URLSearchParams(asked).toString();
    const back = new URL((await fetch(address, { redirect: "manual" })).headers.get("location") ?? "");
    expect([back.searchParams.get("error"), back.searchParams.get("state")]).toEqual(["invalid_request", "s"]);
  });
});
