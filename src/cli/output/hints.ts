import { hintOn } from "../../core/codes/all.ts";
import type { SamlCertError } from "../../core/errors.ts";

/** The hint of an error, for a person at a terminal. */
export function hintOf(error: SamlCertError): string {
  const { retryAfterSeconds } = error as { readonly retryAfterSeconds?: unknown };
  if (error.code === "provider.rate_limited" && typeof retryAfterSeconds === "number") {
    return `Wait ${Math.ceil(retryAfterSeconds)} s, then run it again.`;
  }
  return hintOn("terminal", error);
}
