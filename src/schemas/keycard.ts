import * as z from "zod";
import type { Decoded } from "../providers/http/wire.ts";
import type {
  EnableSsoConnectionBody,
  UpdateSsoConnectionBody,
} from "../providers/keycard/types.ts";
import {
  enableSsoConnectionWire,
  ssoConnectionWire,
  tokenWire,
  updateSsoConnectionWire,
} from "../providers/keycard/wire.ts";
import { exactly } from "./exact.ts";
import { decodedObject, type Wire, wireObject } from "./wire.ts";

/** SSOConnection, as the specification has it on the wire. */
export const keycardSsoConnectionWireSchema: z.ZodType<Wire<typeof ssoConnectionWire>> =
  wireObject(ssoConnectionWire);

/** The result of `ssoConnection.retrieve`, without `raw`. */
export const keycardSsoConnectionSchema: z.ZodType<Decoded<typeof ssoConnectionWire>> =
  decodedObject(ssoConnectionWire);

export const enableSsoConnectionBodySchema: z.ZodType<EnableSsoConnectionBody> =
  wireObject(enableSsoConnectionWire);

export const updateSsoConnectionBodySchema: z.ZodType<UpdateSsoConnectionBody> =
  wireObject(updateSsoConnectionWire);

/** The answer of the token endpoint (RFC 6749, section 5.1). */
export const keycardTokenWireSchema: z.ZodType<Wire<typeof tokenWire>> = wireObject(tokenWire);

interface KeycardError {
  readonly message: string;
  readonly code: string;
  readonly status: number;
}

/** Error, as the specification has it. */
export const keycardErrorWireSchema: z.ZodType<KeycardError> = exactly<KeycardError>()(
  z.object({ message: z.string(), code: z.string(), status: z.number() }),
);
