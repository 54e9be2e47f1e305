import type { Exchange } from "../exchange.ts";
import type { OidcClient } from "./client.ts";

/** A registered client; where none are registered, any name is a public client that may be sent back anywhere. */
export const findClient = ({ platform }: Exchange, clientId: string | null): OidcClient | undefined => {
  if (clientId === null || clientId === "") return undefined;
  if (platform.clients === undefined) return { clientId };
  return platform.clients.find((client) => client.clientId === clientId);
};

/** The client a form or its `Authorization: Basic` header names, if its secret is right. */
export const authenticClient = (exchange: Exchange, form: URLSearchParams): OidcClient | undefined => {
  let clientId = form.get("client_id");
  let secret = form.get("client_secret");
  const [, basic] = /^Basic\s+(\S+)$/i.exec(exchange.request.headers.get("authorization") ?? "") ?? [];
  if (basic !== undefined) {
    try {
      const [id = "", password = ""] = atob(basic)
        .split(":")
        .map((part) => decodeURIComponent(part.replaceAll("+", " ")));
      clientId = id;
      secret = password;
    } catch {
      return undefined;
    }
  }
  const client = findClient(exchange, clientId);
  if (client === undefined) return undefined;
  return client.secret === undefined || client.secret === secret ? client : undefined;
};
