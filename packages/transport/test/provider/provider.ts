import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider as Oidc } from "oidc-provider";

/** A running issuer. */
export interface Provider {
  readonly url: string;
  close(): Promise<void>;
}

/** How the issuer is to behave, set through `POST /__/behave`. */
export interface Behaviour {
  /** Answers every request with 503. */
  down?: boolean;
  /** Cuts every connection. */
  cut?: boolean;
  /** Seconds that an access token lives. */
  life?: number;
  /** Milliseconds that the clock of its answers is ahead. */
  ahead?: number;
}

/**
 * oidc-provider on a loopback port, with rotation and reuse detection as it does them. The login page asks nothing: who
 * arrives is the `login_hint`, and agrees. `login_hint=nobody` says no.
 */
export const issue = async (): Promise<Provider> => {
  let behaviour: Behaviour = {};
  let tokenRequests = 0;
  const grants = new Set<string>();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const provider = new Oidc(url, {
    clients: [
      {
        client_id: "app",
        application_type: "native",
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code", "refresh_token"],
        redirect_uris: ["http://127.0.0.1/callback", "http://127.0.0.1/"]
      },
      {
        client_id: "service",
        client_secret: "service-secret-of-the-tests",
        grant_types: ["client_credentials"],
        redirect_uris: [],
        response_types: []
      }
    ],
    scopes: ["openid", "offline_access"],
    clientBasedCORS: () => true,
    cookies: { keys: ["only for tests"] },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      clientCredentials: { enabled: true }
    },
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: () => behaviour.life ?? 600,
      ClientCredentials: () => behaviour.life ?? 600,
      AuthorizationCode: 60,
      Grant: 86_400,
      IdToken: 600,
      Interaction: 600,
      RefreshToken: 86_400,
      Session: 86_400
    }
  });
  provider.on("refresh_token.saved", ({ grantId }) => grantId !== undefined && grants.add(grantId));
  const oidc = provider.callback();

  server.on("request", (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const answer = (body: unknown) => {
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(body));
    };
    if (pathname === "/__/behave") {
      const chunks: Array<Buffer> = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        behaviour = JSON.parse(Buffer.concat(chunks).toString()) as Behaviour;
        answer({});
      });
      return;
    }
    if (pathname === "/__/token") {
      void provider.AccessToken.find(searchParams.get("value") ?? "").then((token) => answer(token ?? {}));
      return;
    }
    if (pathname === "/__/revoke") {
      void Promise.all([...grants].map(async (id) => (await provider.Grant.find(id))?.destroy())).then(() =>
        answer({})
      );
      return;
    }
    if (pathname === "/__/count") return answer(tokenRequests);
    if (behaviour.cut) return void response.destroy();
    if (behaviour.down) return void response.writeHead(503, { "Retry-After": "7" }).end();
    if (pathname === "/token") tokenRequests += 1;
    if (behaviour.ahead !== undefined) response.setHeader("Date", new Date(Date.now() + behaviour.ahead).toUTCString());
    if (!pathname.startsWith("/interaction/")) return oidc(request, response);
    const interact = async () => {
      const { prompt, params, session } = await provider.interactionDetails(request, response);
      if (params.login_hint === "nobody") {
        return provider.interactionFinished(request, response, { error: "access_denied" });
      }
      const accountId = session?.accountId ?? params.login_hint ?? "ann";
      if (prompt.name === "login") return provider.interactionFinished(request, response, { login: { accountId } });
      const grant = new provider.Grant({ accountId, clientId: params.client_id });
      grant.addOIDCScope(params.scope);
      return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
    };
    void interact().catch(() => response.destroy());
  });

  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      })
  };
};
