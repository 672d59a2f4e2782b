import type { SendGridClient } from "../../../src/providers/sendgrid/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";

export const integration = {
  name: "Example",
  enabled: true,
  signin_url: "https://idp.example.com/sso",
  signout_url: "https://idp.example.com/out",
  entity_id: "https://idp.example.com",
};

export const names = { first_name: "Ada", last_name: "Lovelace" };

/** Calls every operation of SendGrid's SSO API, in the order that a life has. */
export async function liveThrough({
  integrations,
  certificates,
  teammates,
}: SendGridClient): Promise<void> {
  const [first, second] = [await createTestCertificate(), await createTestCertificate()];
  const { id } = await integrations.create(integration);
  await integrations.update(id, { enabled: false, completed_integration: true });
  await integrations.list();
  await integrations.list({ si: false });
  await integrations.get(id);
  const { certificate } = await certificates.ensure(id, first.certificate, { enabled: true });
  await certificates.update(certificate.id, { public_certificate: second.pem, integration_id: id });
  await certificates.get(certificate.id);
  await certificates.list(id);
  await certificates.delete(certificate.id);
  await integrations.delete(id);
  const subuser_access = [{ id: 1, permission_type: "restricted" as const, scopes: ["mail.send"] }];
  const rights = { has_restricted_subuser_access: true, subuser_access };
  await teammates.create({ ...names, ...rights, email: "a@example.com" });
  await teammates.update("a@example.com", { ...names, is_admin: true });
}
