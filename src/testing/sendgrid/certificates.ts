import {
  type Certificate,
  toSsoCertificate,
  validateCertificate,
} from "../../certificates/index.ts";
import { createCertificateWire, updateCertificateWire } from "../../providers/sendgrid/wire.ts";
import type { FakeRequest } from "../faults.ts";
import { complaintsAbout, fieldsOf } from "./checks.ts";
import type { FakeCertificate } from "./types.ts";
import { certificateWire } from "./wire.ts";
import { type Handler, Refused, refuseIfAny, type World } from "./world.ts";

interface CertificateBody {
  readonly public_certificate?: string;
  readonly integration_id?: string;
  readonly enabled?: boolean;
}

/** The documentation's example id, so that ids look like SendGrid's. */
const FIRST_ID = 66138975;

function readCertificate(text: string): Certificate {
  const { certificate } = validateCertificate(text);
  if (certificate !== undefined) return certificate;
  throw new Refused(400, { field: "public_certificate", message: "invalid certificate" });
}

function checkIntegration(id: string, { state }: World): void {
  if (state.integrations.has(id)) return;
  throw new Refused(400, { field: "integration_id", message: "integration not found" });
}

function find({ parameters }: FakeRequest, { state }: World): FakeCertificate {
  const certificate = state.certificates.get(Number(parameters["cert_id"]));
  if (certificate === undefined) throw new Refused(404, { message: "certificate not found" });
  return certificate;
}

/** Stores a certificate, as a request or as another writer does. */
export function addCertificate(
  body: { integration_id: string; public_certificate: string; enabled?: boolean | undefined },
  world: World,
): FakeCertificate {
  const { state, quirks } = world;
  const { not_before, not_after } = toSsoCertificate(readCertificate(body.public_certificate));
  checkIntegration(body.integration_id, world);
  world.beforeWrite();
  const certificate: FakeCertificate = {
    id: FIRST_ID + world.next(),
    integration_id: body.integration_id,
    public_certificate: body.public_certificate,
    not_before,
    not_after,
    enabled: body.enabled ?? quirks.enabledByDefault,
  };
  state.certificates.set(certificate.id, certificate);
  return certificate;
}

function checkRoom(integrationId: string, { state, quirks }: World): void {
  const existing = [...state.certificates.values()].filter(
    ({ integration_id }) => integration_id === integrationId,
  );
  if (existing.length >= (quirks.maxCertificates ?? Number.POSITIVE_INFINITY)) {
    throw new Refused(400, { message: "the integration has too many certificates" });
  }
}

export const createCertificate: Handler = ({ body }, world) => {
  refuseIfAny(complaintsAbout(createCertificateWire, body));
  const {
    public_certificate = "",
    integration_id = "",
    enabled,
  } = fieldsOf(body) as CertificateBody;
  checkRoom(integration_id, world);
  const certificate = addCertificate({ public_certificate, integration_id, enabled }, world);
  return { status: 200, json: certificateWire(certificate, world.quirks) };
};

export const getCertificate: Handler = (request, world) => ({
  status: 200,
  json: certificateWire(find(request, world), world.quirks),
});

export const updateCertificate: Handler = (request, world) => {
  const certificate = find(request, world);
  refuseIfAny(complaintsAbout(updateCertificateWire, request.body));
  const { public_certificate, integration_id, enabled } = fieldsOf(request.body) as CertificateBody;
  const read = public_certificate === undefined ? undefined : readCertificate(public_certificate);
  if (integration_id !== undefined) checkIntegration(integration_id, world);
  world.beforeWrite();
  const updated: FakeCertificate = {
    ...certificate,
    ...(read === undefined
      ? {}
      : { ...toSsoCertificate(read), public_certificate: public_certificate ?? "" }),
    ...(integration_id === undefined ? {} : { integration_id }),
    ...(enabled === undefined ? {} : { enabled }),
  };
  world.state.certificates.set(certificate.id, updated);
  return { status: 200, json: certificateWire(updated, world.quirks) };
};

export const deleteCertificate: Handler = (request, world) => {
  const certificate = find(request, world);
  world.beforeWrite();
  world.state.certificates.delete(certificate.id);
  const status = world.quirks.certificateDelete;
  return status === 200 ? { status, json: certificateWire(certificate, world.quirks) } : { status };
};

export const listCertificates: Handler = ({ parameters }, world) => {
  const id = parameters["integration_id"] ?? "";
  if (!world.state.integrations.has(id)) {
    throw new Refused(404, { message: "integration not found" });
  }
  const list = world.listed().filter(({ integration_id }) => integration_id === id);
  return { status: 200, json: list.map((entry) => certificateWire(entry, world.quirks)) };
};
