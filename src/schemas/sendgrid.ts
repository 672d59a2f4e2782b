import * as z from "zod";
import type {
  CreateCertificateBody,
  CreateIntegrationBody,
  CreateTeammateBody,
  SendGridCertificate,
  SendGridIntegration,
  SendGridTeammate,
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
import { decodedObject, wireObject } from "./wire.ts";

/** SsoCertificateBody, as the specification has it; the misspelling is the specification's. */
export interface SendGridCertificateWire {
  readonly id?: number;
  readonly public_certificate?: string;
  readonly not_before?: number;
  readonly not_after?: number;
  readonly intergration_id?: string;
}

/** SsoIntegration, as the specification has it. */
export interface SendGridIntegrationWire {
  readonly id?: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly signin_url: string;
  readonly signout_url: string;
  readonly entity_id: string;
  readonly completed_integration?: boolean;
  readonly last_updated: number;
  readonly single_signon_url?: string;
  readonly audience_url?: string;
}

/** SsoErrorResponse, as the specification has it. */
export type SendGridErrorWire = readonly {
  readonly message?: string;
  readonly field?: string | null;
  readonly error_id?: string;
}[];

export const sendGridCertificateWireSchema: z.ZodType<SendGridCertificateWire> = wireObject(
  certificateWire,
) as z.ZodType<SendGridCertificateWire>;

export const sendGridIntegrationWireSchema: z.ZodType<SendGridIntegrationWire> = wireObject(
  integrationWire,
) as z.ZodType<SendGridIntegrationWire>;

export const sendGridErrorWireSchema: z.ZodType<SendGridErrorWire> = z.array(
  z.object({
    message: z.string().exactOptional(),
    field: z.string().nullable().exactOptional(),
    error_id: z.string().exactOptional(),
  }),
);

/** PostSsoTeammates201, as the specification has it. */
export const sendGridCreatedTeammateWireSchema: z.ZodType = wireObject(createdTeammateWire);

/** PatchSsoTeammates200, as the specification has it. */
export const sendGridUpdatedTeammateWireSchema: z.ZodType = wireObject(updatedTeammateWire);

/** What `certificates.get` gives, without `raw`. */
export const sendGridCertificateSchema: z.ZodType<Omit<SendGridCertificate, "raw">> = decodedObject(
  certificateWire,
  ["id", "public_certificate"],
) as z.ZodType<Omit<SendGridCertificate, "raw">>;

/** What `integrations.get` gives, without `raw`. */
export const sendGridIntegrationSchema: z.ZodType<Omit<SendGridIntegration, "raw">> = decodedObject(
  integrationWire,
  ["id"],
) as z.ZodType<Omit<SendGridIntegration, "raw">>;

/** What `teammates.update` gives as the teammate, without `raw`. */
export const sendGridTeammateSchema: z.ZodType<Omit<SendGridTeammate, "raw">> = decodedObject(
  updatedTeammateWire,
) as z.ZodType<Omit<SendGridTeammate, "raw">>;

export const createCertificateBodySchema: z.ZodType<CreateCertificateBody> = wireObject(
  createCertificateWire,
) as z.ZodType<CreateCertificateBody>;

export const updateCertificateBodySchema: z.ZodType<UpdateCertificateBody> = wireObject(
  updateCertificateWire,
) as z.ZodType<UpdateCertificateBody>;

export const createIntegrationBodySchema: z.ZodType<CreateIntegrationBody> = wireObject(
  writeIntegrationWire,
) as z.ZodType<CreateIntegrationBody>;

export const createTeammateBodySchema: z.ZodType<CreateTeammateBody> = wireObject(
  createTeammateWire,
) as z.ZodType<CreateTeammateBody>;

export const updateTeammateBodySchema: z.ZodType<UpdateTeammateBody> = wireObject(
  updateTeammateWire,
) as z.ZodType<UpdateTeammateBody>;
