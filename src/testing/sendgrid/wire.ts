import { parseCertificate } from "../../certificates/index.ts";
import type { FakeCertificate, FakeIntegration, SendGridQuirks } from "./types.ts";

type Wire = Readonly<Record<string, unknown>>;

/** The texts in which a stored certificate may come back. */
const TEXTS: Readonly<Record<SendGridQuirks["pem"], (text: string) => string>> = {
  verbatim: (text) => text,
  normalized: (text) => parseCertificate(text).pem,
  one_line: (text) => parseCertificate(text).pem.trim().replaceAll("\n", " "),
  base64: (text) => parseCertificate(text).derBase64,
};

function integrationOf(id: string, field: SendGridQuirks["integrationIdField"]): Wire {
  if (field === "both") return { integration_id: id, intergration_id: id };
  return { [field]: id };
}

export function certificateWire(certificate: FakeCertificate, quirks: SendGridQuirks): Wire {
  const { id, public_certificate, not_before, not_after, integration_id } = certificate;
  const time = quirks.times === "text" ? String : Number;
  return {
    public_certificate: TEXTS[quirks.pem](public_certificate),
    id: quirks.certificateId === "text" ? String(id) : id,
    not_before: time(not_before),
    not_after: time(not_after),
    ...integrationOf(integration_id, quirks.integrationIdField),
  };
}

export function integrationWire(
  { completed_integration, ...integration }: FakeIntegration,
  quirks: SendGridQuirks,
  si: boolean,
): Wire {
  const time = quirks.times === "text" ? String : Number;
  const wire = { ...integration, last_updated: time(integration.last_updated) };
  if (si) return { ...wire, completed_integration };
  return quirks.absent === "null" ? { ...wire, completed_integration: null } : wire;
}

/** The answer to a new integration in the documentation's example. */
export function sparseWire(wire: Wire): Wire {
  const { id, single_signon_url, audience_url, ...rest } = wire;
  return rest;
}
