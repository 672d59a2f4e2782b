/** The token of a `Bearer` header (RFC 6750, 2.1); empty if there is none. */
export function bearerOf(authorization: string | undefined): string {
  return authorization?.startsWith("Bearer ") === true ? authorization.slice(7) : "";
}
