import type { Certificate } from "../../certificates/index.ts";
import { bodyText } from "../http/content.ts";
import { checkStatus, decodeList, decodeObject, unreadable, type WithRaw } from "../http/decode.ts";
import { lookBack } from "../http/failure.ts";
import type { CallOptions, Operation } from "../http/operation.ts";
import type { Answer } from "../http/transport.ts";
import { isWireObject } from "../http/wire.ts";
import { type Context, callDelete, decoding, writeOptions } from "./context.ts";
import { ensureCertificate, findSame } from "./ensure.ts";
import { identity, operations } from "./operations.ts";
import type {
  CreateCertificateBody,
  EnsuredCertificate,
  SendGridCertificate,
  UpdateCertificateBody,
} from "./types.ts";
import { checkEcho, checkUpload, type UploadOptions } from "./upload.ts";
import { certificateWire } from "./wire.ts";

export interface EnsureOptions extends CallOptions, UploadOptions {
  /** Sent only if set; then also to a certificate that was there before. */
  readonly enabled?: boolean | undefined;
  /** What `list` has just given: saves the look-up before the write. */
  readonly known?: readonly SendGridCertificate[] | undefined;
}

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
  /** The deleted certificate, where SendGrid repeats it. */
  delete(id: string, options?: CallOptions): Promise<SendGridCertificate | undefined>;
  /**
   * Makes sure that an integration has a certificate, by its SHA-256 fingerprint: looks first,
   * creates it if it is missing, and after a failure that leaves the outcome in doubt looks again
   * in place of posting again.
   */
  ensure(
    integrationId: string,
    certificate: Certificate | string,
    options?: EnsureOptions,
  ): Promise<EnsuredCertificate>;
}

/** An answer before it is known to be whole: the specification promises no field. */
type Echo = Partial<SendGridCertificate> & WithRaw;

function isWhole(echo: Echo): echo is SendGridCertificate {
  return echo.id !== undefined && echo.public_certificate !== undefined;
}

export function certificatesOf(context: Context): SendGridCertificates {
  const { transport } = context;

  function decode(answer: Answer, operation: Operation, id?: string): Echo {
    const echo = decodeObject<Echo>(certificateWire, answer, decoding(context, operation));
    return id === undefined || echo.id !== undefined ? echo : Object.assign(echo, { id });
  }

  function whole(echo: Echo, answer: Answer, operation: Operation): SendGridCertificate {
    if (isWhole(echo)) return echo;
    const missing = echo.id === undefined ? "an id" : "the certificate's text";
    throw unreadable(`without ${missing}`, answer, decoding(context, operation));
  }

  const client: SendGridCertificates = {
    async list(integrationId, options) {
      const operation = operations.listCertificates;
      const parameters = { integration_id: integrationId };
      const answer = await transport.call(operation, { parameters }, options);
      const list = decodeList<Echo>(certificateWire, answer, decoding(context, operation));
      return list.map((echo) => whole(echo, answer, operation));
    },

    async get(id, options) {
      const operation = operations.getCertificate;
      const answer = await transport.call(operation, { parameters: { cert_id: id } }, options);
      return whole(decode(answer, operation, id), answer, operation);
    },

    async create(body, options) {
      const operation = operations.createCertificate;
      bodyText(operation, body, identity.name);
      const certificate = checkUpload(body.public_certificate, operation, options);
      const input = { body: { ...body, public_certificate: certificate.pem } };
      const answer = await transport.call(operation, input, options);
      const echo = decode(answer, operation);
      if (isWhole(echo)) {
        checkEcho(certificate, echo, operation);
        return echo;
      }
      const stored = await lookBack(client.list(body.integration_id, options));
      return findSame(stored, certificate) ?? whole(echo, answer, operation);
    },

    async update(id, body, options) {
      const operation = operations.updateCertificate;
      bodyText(operation, body, identity.name);
      const text = body.public_certificate;
      const certificate = text === undefined ? undefined : checkUpload(text, operation, options);
      const changes =
        certificate === undefined ? body : { ...body, public_certificate: certificate.pem };
      const input = { parameters: { cert_id: id }, body: changes };
      const answer = await transport.call(operation, input, options);
      const echo = answer.json === undefined ? undefined : decode(answer, operation, id);
      const told = echo !== undefined && isWhole(echo);
      const updated = told ? echo : await lookBack(client.get(id, options));
      if (certificate !== undefined) checkEcho(certificate, updated, operation);
      return updated;
    },

    async delete(id, options) {
      const operation = operations.deleteCertificate;
      const input = { parameters: { cert_id: id } };
      const answer = await callDelete(context, operation, input, options);
      if (answer === undefined) return undefined;
      const by = decoding(context, operation);
      checkStatus(answer, by);
      if (!by.strict && !isWireObject(answer.json)) return undefined;
      const echo = decode(answer, operation, id);
      return isWhole(echo) ? echo : undefined;
    },

    ensure: (integrationId, certificate, options) =>
      ensureCertificate(client, context.clock, {
        integrationId,
        certificate,
        options: writeOptions(options, operations.createCertificate),
      }),
  };
  return client;
}
