import { isSamlCertError } from "../../src/core/errors.ts";
import { OWN } from "./wrong.ts";

/** How engines speak (V8, JavaScriptCore). */
const ENGINE =
  /is not a function$|not iterable|not an object|a constructor|undefined|Cannot |evaluating/;

/** Words of this package: a typed error, or one that says what is not what it must be. */
export function isTold(error: unknown): boolean {
  if (error === undefined || isSamlCertError(error)) return true;
  const { message } = error as Error;
  if (message === OWN) return true;
  const isFault = error instanceof TypeError || error instanceof RangeError;
  return (
    isFault &&
    /^(?:The |[a-z][\w.[\]()]* (?:(?:is|are) not|must be|has no) |There is no )/.test(message) &&
    !ENGINE.test(message)
  );
}
