import { isText } from "./argument.ts";

/** The code of a system error, such as `ENOENT`. */
export function errorCode(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null | undefined)?.code;
  return isText(code) ? code : "unknown error";
}
