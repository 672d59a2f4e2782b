import { certificateState, keyText } from "../../../src/certificates/index.ts";
import type { Certificate } from "../../../src/certificates/types.ts";
import type { UntrustedEntity } from "../../../src/metadata/index.ts";
import { daysText } from "../parts/dates.ts";
import { block, facts, grid, make } from "../parts/dom.ts";
import { periodOf, timeline } from "../parts/timeline.ts";

/** The names of the roles. */
export const ROLE_NAMES: Readonly<Record<string, string>> = {
  IDPSSODescriptor: "identity provider",
  SPSSODescriptor: "service provider",
  AttributeAuthorityDescriptor: "attribute authority",
  AuthnAuthorityDescriptor: "authentication authority",
  PDPDescriptor: "policy decision point",
  RoleDescriptor: "other role",
};

export interface Key {
  readonly use: string;
  readonly role: string;
  readonly certificate: Certificate;
}

/** The certificates of an entity, with their use. */
export function keysOf(entity: UntrustedEntity): Key[] {
  return (entity.roles ?? []).flatMap((role) =>
    (role.keyDescriptors ?? []).flatMap(({ use, keyInfo }) =>
      (keyInfo?.certificates ?? []).map((certificate) => ({
        use: use ?? "signing and encryption",
        role: ROLE_NAMES[role.type] ?? role.type,
        certificate,
      })),
    ),
  );
}

/** The keys without duplicates, because the roles of an entity often share keys. */
function distinct(keys: readonly Key[]): Key[] {
  const byUse = keys.map(
    (key) => [`${key.use} ${key.certificate.fingerprint.sha256}`, key] as const,
  );
  return [...new Map(byUse).values()];
}

interface Service {
  readonly name: string;
  readonly binding: string;
  readonly location: string;
}

/** Every endpoint of a role: the items with a location in any of its lists. */
function servicesOf(role: object): Service[] {
  return Object.entries(role).flatMap(([name, value]) => {
    if (!Array.isArray(value)) return [];
    return value.flatMap((item: unknown) => {
      const { binding, location } = (item ?? {}) as { binding?: unknown; location?: unknown };
      if (typeof binding !== "string" || typeof location !== "string") return [];
      return [
        { name: name.replace(/s$/, ""), binding: binding.split(":").at(-1) ?? binding, location },
      ];
    });
  });
}

/** The roles of an entity, in words. */
export function rolesText(entity: UntrustedEntity): string {
  const roles = (entity.roles ?? []).map(({ type }) => ROLE_NAMES[type] ?? type);
  return roles.length === 0 ? "no roles" : roles.join(", ");
}

/** An entity: its roles, its keys as a timeline and as a table, its endpoints. */
export function entityBlock(entity: UntrustedEntity, now: number): HTMLElement {
  const rows: [string, string][] = [["Roles", rolesText(entity)]];
  const validUntil = entity.inherited?.validUntil ?? entity.validUntil;
  if (validUntil !== undefined) rows.push(["Metadata valid until", validUntil.iso]);
  const element = block(entity.entityId === "" ? "(no entityID)" : entity.entityId, facts(rows));
  const keys = keysOf(entity);
  if (keys.length > 0) {
    element.append(
      timeline(
        distinct(keys).map(({ use, certificate }) => periodOf(certificate, use, now)),
        now,
      ),
      grid(
        "Keys",
        ["Use", "Role", "State", "Until", "Key", "SHA-256"],
        keys.map(({ use, role, certificate }) => [
          use,
          role,
          certificateState(certificate, now),
          certificate.noExpiry
            ? "no expiry"
            : `${certificate.notAfter.iso.slice(0, 10)} (${daysText(certificate, now)})`,
          make("span", { class: "nowrap" }, keyText(certificate.publicKey)),
          make(
            "code",
            { title: certificate.fingerprint.sha256 },
            `${certificate.fingerprint.sha256.slice(0, 16)}…`,
          ),
        ]),
      ),
    );
  }
  const services = (entity.roles ?? []).flatMap(servicesOf);
  if (services.length > 0) {
    element.append(
      grid(
        "Endpoints",
        ["Service", "Binding", "Location"],
        services.map(({ name, binding, location }) => [name, binding, location]),
      ),
    );
  }
  return element;
}
