import { attribute, children, quoted, ROLES, type Rule } from "./rule.ts";

const GENERAL = "SAML V2.0 Metadata, 2.3.2; SAML V2.0 Core, 8.3.6";

/** The name of an entity, and that it has a role at all. */
export const entityRules: readonly Rule[] = [
  {
    code: "metadata.entity.id_missing",
    severity: "error",
    summary: "The entity has no name.",
    hint: "Give it an entityID: a URI of its own.",
    source: GENERAL,
    on: ["md:EntityDescriptor"],
    check: ({ element }) =>
      (attribute(element, "entityID") ?? "").trim() === ""
        ? "entityID is missing or empty."
        : undefined,
  },
  {
    code: "metadata.entity.id_too_long",
    severity: "error",
    summary: "The name of the entity is longer than 1024 characters.",
    hint: "Choose a shorter entityID.",
    source: GENERAL,
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      const { length } = attribute(element, "entityID") ?? "";
      return length > 1024 ? `entityID has ${length} characters.` : undefined;
    },
  },
  {
    code: "metadata.entity.id_long",
    severity: "warning",
    summary: "The name of the entity is longer than 256 characters.",
    hint: "Choose a shorter entityID; some databases cut it off.",
    source: "saml2int SDP-G04",
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      const { length } = attribute(element, "entityID") ?? "";
      return length > 256 && length <= 1024 ? `entityID has ${length} characters.` : undefined;
    },
  },
  {
    code: "metadata.entity.id_space",
    severity: "error",
    summary: "The name of the entity has white space in it.",
    hint: "Remove the white space; the other side must use the very same name.",
    source: GENERAL,
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      const id = attribute(element, "entityID") ?? "";
      return id.trim() !== "" && /\s/.test(id) ? `entityID is ${quoted(id)}.` : undefined;
    },
  },
  {
    code: "metadata.entity.id_not_absolute",
    severity: "error",
    summary: "The name of the entity is not an absolute URI.",
    hint: "Use an https URL of a domain that you own, or a URN.",
    source: GENERAL,
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      const id = (attribute(element, "entityID") ?? "").trim();
      return id !== "" && !/^[a-z][a-z0-9+.-]*:./i.test(id)
        ? `entityID is ${quoted(id)}.`
        : undefined;
    },
  },
  {
    code: "metadata.entity.id_scheme",
    severity: "warning",
    summary: "The name of the entity is neither a URL nor a URN.",
    hint: "Use an https URL of a domain that you own.",
    source: "eduGAIN metadata validator E1; UK federation check_entityid_prefix",
    severityIn: { edugain: "error", ukf: "error" },
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      const id = (attribute(element, "entityID") ?? "").trim();
      return /^[a-z][a-z0-9+.-]*:/i.test(id) && !/^(https?:\/\/|urn:)/i.test(id)
        ? `entityID is ${quoted(id)}.`
        : undefined;
    },
  },
  {
    code: "metadata.entity.urn_unregistered",
    severity: "error",
    summary: "The name of the entity is a URN that is not of urn:mace.",
    hint: "Use an https URL.",
    source: "UK federation check_entityid_prefix",
    only: ["ukf"],
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      const id = attribute(element, "entityID") ?? "";
      return id.startsWith("urn:") && !id.startsWith("urn:mace:")
        ? `entityID is ${quoted(id)}.`
        : undefined;
    },
  },
  {
    code: "metadata.entity.no_role",
    severity: "error",
    summary: "The entity has no role.",
    hint: "Add an IDPSSODescriptor, an SPSSODescriptor, or another role.",
    source: "SAML V2.0 Metadata, 2.3.2",
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      const has = [...ROLES, "md:RoleDescriptor", "md:AffiliationDescriptor"] as const;
      return has.some((name) => children(element, name).length > 0)
        ? undefined
        : "There is no role descriptor.";
    },
  },
  {
    code: "metadata.entity.not_service_provider",
    severity: "error",
    summary: "The entity is not a service provider.",
    hint: "Add an SPSSODescriptor, or validate with another profile.",
    source: "SAML V2.0 Metadata, 2.4.4",
    only: ["sp"],
    on: ["md:EntityDescriptor"],
    check: ({ element }) =>
      children(element, "md:SPSSODescriptor").length === 0
        ? "There is no SPSSODescriptor."
        : undefined,
  },
  {
    code: "metadata.entity.not_identity_provider",
    severity: "error",
    summary: "The entity is not an identity provider.",
    hint: "Add an IDPSSODescriptor, or validate with another profile.",
    source: "SAML V2.0 Metadata, 2.4.3",
    only: ["idp"],
    on: ["md:EntityDescriptor"],
    check: ({ element }) =>
      children(element, "md:IDPSSODescriptor").length === 0
        ? "There is no IDPSSODescriptor."
        : undefined,
  },
];
