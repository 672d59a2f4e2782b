import { describe, expectTypeOf, it } from "vitest";
import * as z from "zod";
import type { KeycardSsoConnection } from "../../src/providers/keycard/index.ts";
import type {
  CreateCertificateBody,
  Persona,
  SendGridCertificate,
  SendGridTeammate,
  SubuserAccess,
} from "../../src/providers/sendgrid/index.ts";
import { exactly } from "../../src/schemas/exact.ts";
import type {
  SendGridCertificateWire,
  sendGridCertificateSchema,
  sendGridTeammateSchema,
} from "../../src/schemas/index.ts";

// tsc checks these, not the test run.

describe("types of wire objects", () => {
  it("come from the tables: what a client gives", () => {
    expectTypeOf<SendGridCertificate["id"]>().toEqualTypeOf<string>();
    expectTypeOf<SendGridCertificate["not_after"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<SendGridTeammate["zip"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<SendGridTeammate["scopes"]>().toEqualTypeOf<readonly string[] | undefined>();
    expectTypeOf<KeycardSsoConnection["client_id"]>().toEqualTypeOf<string | null>();
    expectTypeOf<KeycardSsoConnection["permissions"]>().toEqualTypeOf<
      Readonly<Record<string, Readonly<Record<string, boolean>>>> | undefined
    >();
  });

  it("come from the tables: what a caller sends", () => {
    expectTypeOf<CreateCertificateBody["integration_id"]>().toEqualTypeOf<string>();
    expectTypeOf<CreateCertificateBody["enabled"]>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<Persona>().toEqualTypeOf<"accountant" | "developer" | "marketer" | "observer">();
    expectTypeOf<SubuserAccess["permission_type"]>().toEqualTypeOf<"admin" | "restricted">();
  });

  it("come from the tables: what the specification has, and the schemas", () => {
    expectTypeOf<SendGridCertificateWire["id"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<SendGridCertificateWire["intergration_id"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<z.infer<typeof sendGridCertificateSchema>>().toExtend<
      Omit<SendGridCertificate, "raw">
    >();
    expectTypeOf<Omit<SendGridTeammate, "raw">>().toExtend<
      z.infer<typeof sendGridTeammateSchema>
    >();
  });
});

describe("exactly", () => {
  interface Public {
    readonly a: string;
    readonly b?: number | undefined;
  }

  it("takes a schema of the same type only", () => {
    exactly<Public>()(z.object({ a: z.string(), b: z.number().optional() }));
    // @ts-expect-error An optional field is missing.
    exactly<Public>()(z.object({ a: z.string() }));
    // @ts-expect-error A field is not in the type.
    exactly<Public>()(z.object({ a: z.string(), b: z.number().optional(), c: z.string() }));
    // @ts-expect-error A field has another type.
    exactly<Public>()(z.object({ a: z.number(), b: z.number().optional() }));
  });
});
