import { MetadataError } from "../../core/errors.ts";

/** Options that are texts, or hold them, and must say something. */
const SAYING = [
  "nameIdFormats",
  "attributeProfiles",
  "organization",
  "contacts",
  "attributeConsumingServices",
  "attributes",
  "ui",
  "entityCategories",
  "extensions",
  "roleExtensions",
] as const;

/** What may hold empty texts in them: values of attributes, what was read, what is of no standard. */
const ANY = new Set(["values", "certificates", "otherAttributes", "other"]);

/**
 * Refuses texts without a character that is not white space. The schema lets them be, but OpenSAML
 * refuses the whole document for one (SAML V2.0 Core, 1.3.1).
 */
export function refuseBlank(options: object): void {
  for (const name of SAYING) look((options as Readonly<Record<string, unknown>>)[name], name);
}

function look(value: unknown, path: string): void {
  if (typeof value === "string" && value.trim() === "") {
    throw new MetadataError("metadata.build.value", `${path} is empty.`, {
      hint: "Give it a text, or leave it out.",
      at: { path },
    });
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (!ANY.has(name)) look(inner, Array.isArray(value) ? path : `${path}.${name}`);
  }
}
