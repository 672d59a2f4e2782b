import type { FakeRequest } from "../faults.ts";
import type { Reply } from "../server.ts";
import { Refused, type World } from "./connection.ts";

export interface ServiceAccount {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The credentials of a token request: in the header, or in the form (RFC 6749, 2.3.1). */
function offered(authorization: string | undefined, body: unknown): Partial<ServiceAccount> {
  if (authorization?.startsWith("Basic ") === true) {
    const pair = Buffer.from(authorization.slice(6), "base64").toString("utf8").split(":");
    const [clientId = "", clientSecret = ""] = pair.map((part) => decodeURIComponent(part));
    return { clientId, clientSecret };
  }
  const form = (body ?? {}) as Readonly<Record<string, string | undefined>>;
  return {
    ...(form["client_id"] === undefined ? {} : { clientId: form["client_id"] }),
    ...(form["client_secret"] === undefined ? {} : { clientSecret: form["client_secret"] }),
  };
}

export function giveToken(
  { body }: FakeRequest,
  authorization: string | undefined,
  account: ServiceAccount | undefined,
  { state, quirks, now, next }: World,
): Reply {
  const { clientId, clientSecret } = offered(authorization, body);
  const known =
    account === undefined ||
    (account.clientId === clientId && account.clientSecret === clientSecret);
  if (!known || clientId === undefined) {
    throw new Refused(401, "invalid_client", "client authentication failed");
  }
  if ((body as { grant_type?: unknown } | undefined)?.grant_type !== "client_credentials") {
    throw new Refused(400, "unsupported_grant_type", "only client_credentials is supported");
  }
  const access_token = `fake-token-${String(next()).padStart(6, "0")}`;
  state.tokens.set(access_token, now());
  const { tokenLifetime: expires_in } = quirks;
  const told = expires_in === undefined ? {} : { expires_in };
  return { status: 200, json: { access_token, token_type: "Bearer", ...told } };
}

/** True for a token that this server issued and that has not expired. */
export function isAlive(token: string, { state, quirks, now }: World): boolean {
  const givenAt = state.tokens.get(token);
  if (givenAt === undefined) return false;
  const life = Math.min(
    quirks.tokenLifetime ?? Number.POSITIVE_INFINITY,
    quirks.tokenRevokedAfter ?? Number.POSITIVE_INFINITY,
  );
  if (now() < givenAt + life) return true;
  state.tokens.delete(token);
  return false;
}
