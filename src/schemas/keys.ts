import * as z from "zod";
import type { RolloverKey, RolloverPlan, RolloverStep } from "../keys/index.ts";
import type { InspectedKey, KeysInUse } from "./documents.ts";
import { exactly } from "./exact.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const use = z.enum(["signing", "encryption"]);

/** The private key in `samlcert key inspect --json`. */
export const inspectedKeySchema: z.ZodType<InspectedKey> = exactly<InspectedKey>()(
  z.strictObject({
    algorithm: z.string(),
    bits: z.int().min(1).optional(),
    curve: z.string().optional(),
    spkiSha256: sha256,
  }),
);

const step: z.ZodType<RolloverStep> = exactly<RolloverStep>()(
  z.strictObject({
    kind: z.enum(["announce", "use_next", "retire"]),
    status: z.enum(["done", "due", "waiting", "later"]),
    spkiSha256: sha256.optional(),
    doneAt: z.int().optional(),
    notBefore: z.int().optional(),
    waitsFor: z.array(z.string()),
  }),
);

/** The steps of the rollover of one purpose. */
export const rolloverPlanSchema: z.ZodType<RolloverPlan> = exactly<RolloverPlan>()(
  z.strictObject({ use, steps: z.array(step) }),
);

const key: z.ZodType<RolloverKey> = exactly<RolloverKey>()(
  z.strictObject({ spkiSha256: sha256, certificate: z.string() }),
);
const keys = z.array(key);
const phase = z.enum(["idle", "announced", "switched"]);

/** The keys in use in `samlcert key rollover status --json`. */
export const keysInUseSchema: z.ZodType<KeysInUse> = z.strictObject({
  publish: z.strictObject({ signing: keys, encryption: keys }),
  signWith: key.optional(),
  decryptWith: keys,
  phase: z.strictObject({ signing: phase, encryption: phase }),
  cacheSeconds: z.int(),
});
