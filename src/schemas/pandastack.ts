import * as z from "zod";
import type { JsonValue } from "../providers/pandastack/types.ts";

/** An answer: no body is documented, so it is any JSON. */
export const pandaStackAnswerSchema: z.ZodType<JsonValue> = z.json() as z.ZodType<JsonValue>;
