import * as z from "zod";
import type { Decoded } from "../providers/http/wire.ts";
import type {
  CreateCertificateBody,
  CreateIntegrationBody,
  CreateTeammateBody,
  UpdateCertificateBody,
  UpdateTeammateBody,
} from "../providers/sendgrid/types.ts";
import {
  certificateWire,
  createCertificateWire,
  createdTeammateWire,
  createTeammateWire,
  integrationWire,
  updateCertificateWire,
  updatedTeammateWire,
  updateTeammateWire,
  writeIntegrationWire,
} from "../providers/sendgrid/wire.ts";
import { exactly } from "./exact.ts";
import { decodedObject, type Wire, wireObject } from "./wire.ts";

/** SsoCertificateBody, as the specification has it; the misspelling is the specification's. */
export interface SendGridCertificateWire extends Wire<typeof certificateWire> {}

/** SsoIntegration, as the specification has it. */
export interface SendGridIntegrationWire extends Wire<typeof integrationWire> {}

/** SsoErrorResponse, as the specification has it. */
export type SendGridErrorWire = readonly {
  readonly message?: string;
  readonly field?: string | null;
  readonly error_id?: string;
}[];

export const sendGridCertificateWireSchema: z.ZodType<SendGridCertificateWire> =
  wireObject(certificateWire);

export const sendGridIntegrationWireSchema: z.ZodType<SendGridIntegrationWire> =
  wireObject(integrationWire);

export const sendGridErrorWireSchema: z.ZodType<SendGridErrorWire> = exactly<SendGridErrorWire>()(
  z.array(
    z.object({
      message: z.string().exactOptional(),
      field: z.string().nullable().exactOptional(),
      error_id: z.string().exactOptional(),
    }),
  ),
);

/** PostSsoTeammates201, as the specification has it. */
export const sendGridCreatedTeammateWireSchema: z.ZodType<Wire<typeof createdTeammateWire>> =
  wireObject(createdTeammateWire);

/** PatchSsoTeammates200, as the specification has it. */
export const sendGridUpdatedTeammateWireSchema: z.ZodType<Wire<typeof updatedTeammateWire>> =
  wireObject(updatedTeammateWire);

/** The result of `certificates.get`, without `raw`. */
export const sendGridCertificateSchema: z.ZodType<Decoded<typeof certificateWire>> =
  decodedObject(certificateWire);

/** The result of `integrations.get`, without `raw`. */
export const sendGridIntegrationSchema: z.ZodType<Decoded<typeof integrationWire>> =
  decodedObject(integrationWire);

/** The teammate in the result of `teammates.update`, without `raw`. */
export const sendGridTeammateSchema: z.ZodType<Decoded<typeof updatedTeammateWire>> =
  decodedObject(updatedTeammateWire);

export const createCertificateBodySchema: z.ZodType<CreateCertificateBody> =
  wireObject(createCertificateWire);

export const updateCertificateBodySchema: z.ZodType<UpdateCertificateBody> =
  wireObject(updateCertificateWire);

export const createIntegrationBodySchema: z.ZodType<CreateIntegrationBody> =
  wireObject(writeIntegrationWire);

export const createTeammateBodySchema: z.ZodType<CreateTeammateBody> =
  wireObject(createTeammateWire);

export const updateTeammateBodySchema: z.ZodType<UpdateTeammateBody> =
  wireObject(updateTeammateWire);
