import * as z from "zod";
import type {
  EnableSsoConnectionBody,
  KeycardSsoConnection,
  UpdateSsoConnectionBody,
} from "../providers/keycard/types.ts";
import {
  enableSsoConnectionWire,
  ssoConnectionWire,
  tokenWire,
  updateSsoConnectionWire,
} from "../providers/keycard/wire.ts";
import { decodedObject, wireObject } from "./wire.ts";

/** SSOConnection, as the specification has it on the wire. */
export const keycardSsoConnectionWireSchema: z.ZodType<Omit<KeycardSsoConnection, "raw">> =
  wireObject(ssoConnectionWire) as z.ZodType<Omit<KeycardSsoConnection, "raw">>;

/** What `ssoConnection.retrieve` gives, without `raw`. */
export const keycardSsoConnectionSchema: z.ZodType<Omit<KeycardSsoConnection, "raw">> =
  decodedObject(ssoConnectionWire, ["identifier", "client_id"]) as z.ZodType<
    Omit<KeycardSsoConnection, "raw">
  >;

export const enableSsoConnectionBodySchema: z.ZodType<EnableSsoConnectionBody> = wireObject(
  enableSsoConnectionWire,
) as z.ZodType<EnableSsoConnectionBody>;

export const updateSsoConnectionBodySchema: z.ZodType<UpdateSsoConnectionBody> = wireObject(
  updateSsoConnectionWire,
) as z.ZodType<UpdateSsoConnectionBody>;

/** The answer of the token endpoint (RFC 6749, section 5.1). */
export const keycardTokenWireSchema: z.ZodType = wireObject(tokenWire);

/** Error, as the specification has it. */
export const keycardErrorWireSchema: z.ZodType<{
  readonly message: string;
  readonly code: string;
  readonly status: number;
}> = z.object({ message: z.string(), code: z.string(), status: z.number() });
