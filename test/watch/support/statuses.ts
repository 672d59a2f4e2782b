import { createHash } from "node:crypto";
import { connectionStates } from "../../../src/watch/states.ts";
import type {
  CertificateStatus,
  ConnectionState,
  ConnectionStatus,
  WatchEvent,
} from "../../../src/watch/types.ts";

/** The present of these statuses: 30 November 2026, 14:42 UTC. */
export const NOW: number = Date.UTC(2026, 10, 30, 14, 42) / 1000;
export const DAY = 86_400;

const sha256Of = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A certificate whose validity is given in days from now. */
export function certificateOf(
  name: string,
  from: number,
  to: number,
  more: Partial<CertificateStatus> = {},
): CertificateStatus {
  const state = from > 0 ? "pending" : to < 0 ? "expired" : to <= 30 ? "expiring" : "active";
  return {
    id: `cert-${sha256Of(name).slice(0, 12)}`,
    state,
    sha256: sha256Of(name),
    subject: `CN=${name}, O=Example GmbH, C=DE`,
    issuer: `CN=${name}, O=Example GmbH, C=DE`,
    serialNumber: sha256Of(name).slice(0, 20),
    notBefore: NOW + from * DAY,
    notAfter: NOW + to * DAY,
    daysLeft: to,
    ...more,
  };
}

export function statusOf(more: Partial<ConnectionStatus> = {}): ConnectionStatus {
  const name = more.name ?? "Acme";
  const certificates = more.certificates ?? [certificateOf(`${name} signing`, -300, 430)];
  const state = more.state ?? "active";
  const valid = certificates.filter((one) => ["active", "expiring"].includes(one.state));
  return {
    id: `store:${name}`,
    name,
    kind: "store",
    source: `sendgrid ${sha256Of(name).slice(0, 8)}`,
    state,
    actionNeeded: !["active", "awaiting_switch"].includes(state),
    daysLeft: valid.length > 0 ? Math.max(...valid.map(({ daysLeft = 0 }) => daysLeft)) : undefined,
    expiringDays: 30,
    unstored: [],
    events: [],
    durationSeconds: 0.18,
    lastSuccessAt: NOW - 2,
    errors: [],
    ...more,
    certificates,
  };
}

export function eventOf(id: string, message: string, more: Partial<WatchEvent> = {}): WatchEvent {
  return { id, type: "state_changed", at: NOW, message, ...more };
}

const ADMIN = "the administrator of the identity provider";

/** One connection in each state, with the texts that real ones have: long names, many certificates. */
export function everyState(): readonly ConnectionStatus[] {
  return [
    statusOf({
      name: "Acme Industrial Holdings (Europe, Middle East and Africa) single sign-on for contractors",
      source:
        "https://login.microsoftonline.com/3f2504e0-4f89-41d3-9a0c-0305e82c3301/federationmetadata/2007-06/federationmetadata.xml",
      kind: "metadata",
      entityId: "https://sts.windows.net/3f2504e0-4f89-41d3-9a0c-0305e82c3301/",
      owner: "identity-platform",
      labels: { environment: "production", tier: "1" },
      state: "down",
      since: NOW - 1.4 * DAY,
      certificates: [certificateOf("acme-2023", -1096, -1.4)],
      next: {
        who: ADMIN,
        step: "Publish metadata with a certificate that is valid, then run samlcert watch again.",
      },
      events: [
        eventOf("e1", "The state changed from expiring to down.", { type: "state_changed" }),
      ],
    }),
    statusOf({
      name: "Payroll",
      owner: "people-systems",
      state: "missing",
      certificates: [certificateOf("payroll-old", -700, 31, { publication: "extra" })],
      unstored: [{ ...pick(certificateOf("payroll-new", -3, 1092)), state: "missing" }],
      next: {
        who: "you",
        step: "Store the published certificate: samlcert rotate apply --integration 5a1c --metadata https://idp.example.com/metadata",
      },
    }),
    statusOf({
      name: "eduGAIN partner university",
      kind: "metadata",
      source: "https://mds.edugain.org/edugain-v2.xml#https://idp.uni-example.de/idp/shibboleth",
      state: "unverified",
      errors: [
        {
          code: "signature.untrusted_key",
          message: "No key that you trust has signed the metadata.",
        },
      ],
      next: { who: "you", step: "Check the key of the federation, then update --trust." },
    }),
    statusOf({
      name: "vendor-portal.pem",
      kind: "certificates",
      source: "certs/vendor-portal.pem",
      state: "unreadable",
      certificates: [],
      errors: [{ code: "input.empty", message: "There is no certificate in the input." }],
      next: { who: "you", step: "Check the file." },
    }),
    statusOf({
      name: "Okta workforce",
      owner: "identity-platform",
      kind: "metadata",
      source: "https://example.okta.com/app/exk1fcia6d6EMsf331d8/sso/saml/metadata",
      state: "unreachable",
      since: NOW - 0.4 * DAY,
      lastSuccessAt: NOW - 0.5 * DAY,
      certificates: [],
      errors: [
        {
          code: "provider.timeout",
          message: "example.okta.com did not answer in time while reading the metadata.",
        },
      ],
      next: {
        who: "you",
        step: "Look at the address and the network, then run samlcert watch again.",
      },
    }),
    statusOf({
      name: "Ticketing",
      kind: "trusted_keys",
      source: "ticketing service",
      state: "stale",
      certificates: [certificateOf("ticketing", -400, 200)],
      next: { who: "you", step: "Look at the errors of the refresh." },
    }),
    statusOf({
      name: "Benefits enrolment",
      owner: "people-systems",
      state: "expiring",
      certificates: [certificateOf("benefits", -353, 12)],
      next: {
        who: ADMIN,
        step: "Make the next signing certificate, and publish it before it signs.",
      },
      events: [eventOf("e2", "The certificate CN=benefits ends in 14 days.")],
    }),
    statusOf({
      name: "Expense reports",
      state: "retirement_due",
      certificates: [
        certificateOf("expenses-old", -700, 60, { publication: "extra" }),
        certificateOf("expenses-new", -20, 700, { publication: "published" }),
      ],
      planned: { kind: "retirement", at: NOW - 1 * DAY },
      next: {
        who: "you",
        step: "Retire the old certificate: samlcert rotate resume --integration 88f0",
      },
    }),
    statusOf({
      name: "CRM",
      owner: "sales-engineering",
      state: "switched",
      certificates: [
        certificateOf("crm-old", -500, 90, { publication: "extra" }),
        certificateOf("crm-new", -10, 800, { publication: "published" }),
      ],
      next: {
        who: "you",
        step: "Retire the old certificate: samlcert rotate retire --switched --integration 12ab",
      },
    }),
    statusOf({
      name: "Data warehouse",
      kind: "trusted_keys",
      state: "unconfirmed",
      certificates: [certificateOf("warehouse", -500, 300)],
      next: { who: "you", step: "Confirm the new key, or reject it." },
    }),
    statusOf({
      name: "Learning",
      state: "next_missing",
      certificates: [certificateOf("learning", -500, 55, { publication: "published" })],
      unstored: [{ ...pick(certificateOf("learning-next", -5, 1000)), state: "next" }],
      next: {
        who: "you",
        step: "Store the next certificate before the identity provider switches.",
      },
    }),
    statusOf({
      name: "Partner portal",
      owner: "sales-engineering",
      state: "awaiting_approval",
      certificates: [certificateOf("partner", -300, 80)],
      next: { who: "an administrator of the provider", step: "Approve the new certificate." },
    }),
    statusOf({
      name: "Support desk",
      owner: "customer-support",
      kind: "own_keys",
      source: "keys/support",
      state: "awaiting_switch",
      certificates: [
        certificateOf("support-2025", -320, 45, { use: "signing" }),
        certificateOf("support-2026", -12, 353, { use: "signing" }),
      ],
      planned: { kind: "switch", at: NOW + 21 * DAY },
    }),
    statusOf({
      name: "Wiki",
      owner: "identity-platform",
      certificates: Array.from({ length: 9 }, (_, i) =>
        certificateOf(`wiki-node-${i + 1}`, -300 + i * 20, 120 + i * 60),
      ),
    }),
    statusOf({ name: "Travel booking", certificates: [certificateOf("travel", -90, 3560)] }),
  ];
}

function pick({ sha256 = "", subject = "", notBefore = 0, notAfter = 0 }: CertificateStatus) {
  return { sha256, subject, notBefore, notAfter };
}

const STATES = Object.keys(connectionStates) as ConnectionState[];

/** Many connections, as different as real ones; three of a hundred need attention. */
export function manyStatuses(count: number): readonly ConnectionStatus[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `Tenant ${index} of the customer portal`;
    const hash = sha256Of(name);
    const state: ConnectionState =
      index % 33 === 0 ? (STATES[(index / 33) % STATES.length] ?? "active") : "active";
    return statusOf({
      id: `sendgrid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 28)}`,
      name,
      source: `sendgrid ${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 28)}`,
      owner: `team-${index % 40}`,
      state,
      certificates: [
        certificateOf(`tenant-${index}-old`, -700, 60 + (index % 300)),
        certificateOf(`tenant-${index}-new`, -30, 1060 + (index % 300)),
      ],
      ...(state !== "active" && {
        next: { who: ADMIN, step: `Look at integration ${hash.slice(0, 8)}.` },
      }),
    });
  });
}
