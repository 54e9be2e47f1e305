import { createHash } from "node:crypto";

/** Who may read the fake site. */
export interface Access {
  /** `API_SECRET`. */
  readonly secret: string;
  /** Access tokens, each with what it may. */
  readonly tokens: Readonly<Record<string, "readable" | "denied">>;
  /** Whether everybody may read (`AUTH_DEFAULT_ROLES=readable`). */
  readonly isPublic: boolean;
}

const hashOf = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest("hex");

/** Logins of the fake site. */
export class Authorization {
  private readonly access: Access;
  private readonly issued = new Map<string, string>();
  /** Failed logins: each makes every answer to a login 5 s later. */
  failures = 0;

  constructor(access: Access) {
    this.access = access;
  }

  /** Exchanges an access token for one that goes in headers. */
  exchange(token: string): string | undefined {
    if (!Object.hasOwn(this.access.tokens, token)) {
      this.failures++;
      return undefined;
    }
    const jwt = `eyJ.${hashOf("sha1", `${token}${this.issued.size}`)}.x`;
    this.issued.set(jwt, token);
    return jwt;
  }

  /** What was exchanged holds for 8 hours only. */
  expire(): void {
    this.issued.clear();
  }

  /** HTTP status for a request with these headers: API v3 takes no secret. */
  statusOf(headers: Readonly<Record<string, unknown>>, api: "v1" | "v3"): 200 | 401 | 403 {
    const { authorization, "api-secret": secret } = headers;
    if (typeof authorization === "string") {
      const token = this.issued.get(authorization.replace(/^Bearer /u, ""));
      if (token === undefined) return this.failed();
      return this.access.tokens[token] === "readable" ? 200 : 403;
    }
    if (api === "v1" && typeof secret === "string") {
      const known = ["sha1", "sha512"].some((algorithm) => secret === hashOf(algorithm, this.access.secret));
      return known ? 200 : this.failed();
    }
    return this.access.isPublic ? 200 : 401;
  }

  private failed(): 401 {
    this.failures++;
    return 401;
  }
}
