import type { Certificate } from "../../certificates/index.ts";
import { BOOLEAN, type OptionKinds } from "../../core/options.ts";
import { CALL_KINDS, callOptions, callPart } from "../http/argument.ts";
import { bodyText } from "../http/content.ts";
import {
  checkStatus,
  decodeList,
  decodeObject,
  type Echo,
  isComplete,
  missingField,
  notDeleted,
  unreadable,
} from "../http/decode.ts";
import { lookBack } from "../http/failure.ts";
import type { CallOptions, Operation } from "../http/operation.ts";
import type { Answer } from "../http/transport.ts";
import { isWireObject } from "../http/wire.ts";
import { type Context, callDelete, decoding, exists, WRITE_KINDS } from "./context.ts";
import { ensureCertificate, findSame } from "./ensure.ts";
import { identity, operations } from "./operations.ts";
import type {
  CreateCertificateBody,
  EnsuredCertificate,
  SendGridCertificate,
  UpdateCertificateBody,
} from "./types.ts";
import { checkEcho, checkUpload, UPLOAD_KINDS, type UploadOptions } from "./upload.ts";
import { certificateWire } from "./wire.ts";

export interface EnsureOptions extends CallOptions, UploadOptions {
  /**
   * Default true for a certificate that is created. Only if it is set, it is also sent to one that
   * was stored before.
   */
  readonly enabled?: boolean | undefined;
  /** The result of a `list` just before: saves the look-up before the write. */
  readonly known?: readonly SendGridCertificate[] | undefined;
}

const WITH_UPLOAD: OptionKinds<CallOptions & UploadOptions> = { ...CALL_KINDS, ...UPLOAD_KINDS };
const ENSURE: OptionKinds<EnsureOptions> = { ...WRITE_KINDS, ...UPLOAD_KINDS, enabled: BOOLEAN };

/** The certificates that SendGrid verifies sign-in answers with. */
export interface SendGridCertificates {
  list(integrationId: string, options?: CallOptions): Promise<readonly SendGridCertificate[]>;
  get(id: string, options?: CallOptions): Promise<SendGridCertificate>;
  create(
    body: CreateCertificateBody,
    options?: CallOptions & UploadOptions,
  ): Promise<SendGridCertificate>;
  update(
    id: string,
    body: UpdateCertificateBody,
    options?: CallOptions & UploadOptions,
  ): Promise<SendGridCertificate>;
  /**
   * Deletes a certificate. If the answer does not repeat it, as documented, looks it up to be sure.
   * Gives the deleted certificate, if SendGrid returned it.
   */
  delete(id: string, options?: CallOptions): Promise<SendGridCertificate | undefined>;
  /**
   * Makes sure that an integration has a certificate, by its SHA-256 fingerprint: looks first,
   * creates it if it is missing, and after a failure with an unknown outcome looks again instead of
   * posting again.
   */
  ensure(
    integrationId: string,
    certificate: Certificate | string,
    options?: EnsureOptions,
  ): Promise<EnsuredCertificate>;
}

type CertificateEcho = Echo<typeof certificateWire>;

function isWhole(echo: CertificateEcho): echo is SendGridCertificate {
  return isComplete(certificateWire, echo);
}

export function certificatesOf(context: Context): SendGridCertificates {
  const { transport } = context;

  function decode(answer: Answer, operation: Operation, id?: string): CertificateEcho {
    const echo = decodeObject(certificateWire, answer, decoding(context, operation));
    return id === undefined || echo.id !== undefined ? echo : Object.assign(echo, { id });
  }

  function whole(echo: CertificateEcho, answer: Answer, operation: Operation): SendGridCertificate {
    if (isWhole(echo)) return echo;
    const missing = `without ${missingField(certificateWire, echo)}`;
    throw unreadable(missing, answer, decoding(context, operation));
  }

  const client: SendGridCertificates = {
    async list(integrationId, options) {
      const operation = operations.listCertificates;
      const parameters = { integration_id: integrationId };
      const answer = await transport.call(operation, { parameters }, options);
      const list = decodeList(certificateWire, answer, decoding(context, operation));
      return list.map((echo) => whole(echo, answer, operation));
    },

    async get(id, options) {
      const operation = operations.getCertificate;
      const answer = await transport.call(operation, { parameters: { cert_id: id } }, options);
      return whole(decode(answer, operation, id), answer, operation);
    },

    async create(body, given) {
      const operation = operations.createCertificate;
      const options = callOptions(given, WITH_UPLOAD, operation.id);
      bodyText(operation, body, identity.name);
      const certificate = checkUpload(body.public_certificate, operation, options);
      const { enabled = true } = body;
      const input = { body: { ...body, enabled, public_certificate: certificate.pem } };
      const answer = await transport.call(operation, input, callPart(options));
      const echo = decode(answer, operation);
      if (isWhole(echo)) {
        checkEcho(certificate, echo, operation);
        return echo;
      }
      const stored = await lookBack(client.list(body.integration_id, callPart(options)));
      return findSame(stored, certificate) ?? whole(echo, answer, operation);
    },

    async update(id, body, given) {
      const operation = operations.updateCertificate;
      const options = callOptions(given, WITH_UPLOAD, operation.id);
      bodyText(operation, body, identity.name);
      const text = body.public_certificate;
      const certificate = text === undefined ? undefined : checkUpload(text, operation, options);
      const changes =
        certificate === undefined ? body : { ...body, public_certificate: certificate.pem };
      const input = { parameters: { cert_id: id }, body: changes };
      const answer = await transport.call(operation, input, callPart(options));
      const echo = answer.json === undefined ? undefined : decode(answer, operation, id);
      const told = echo !== undefined && isWhole(echo);
      const updated = told ? echo : await lookBack(client.get(id, callPart(options)));
      if (certificate !== undefined) checkEcho(certificate, updated, operation);
      return updated;
    },

    async delete(id, options) {
      const operation = operations.deleteCertificate;
      const by = decoding(context, operation);
      const answer = await callDelete(context, operation, { parameters: { cert_id: id } }, options);
      if (answer === undefined) return undefined;
      checkStatus(answer, by);
      const echo =
        by.strict || isWireObject(answer.json) ? decode(answer, operation, id) : undefined;
      const whole = echo !== undefined && isWhole(echo) ? echo : undefined;
      // Only the documented answer proves the deletion.
      const proven = answer.status === operation.success && whole?.id === String(id);
      if (!proven && (await lookBack(exists(client.get(id, options))))) {
        throw notDeleted(`the certificate ${id}`, answer, by);
      }
      return whole;
    },

    async ensure(integrationId, certificate, given) {
      const options = callOptions(given, ENSURE, "certificates.ensure");
      return await ensureCertificate(client, context.clock, {
        integrationId,
        certificate,
        options,
      });
    },
  };
  return client;
}
