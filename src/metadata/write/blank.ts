import { wrongValue } from "./output.ts";

/** Options whose strings must not be blank. */
const FILLED = [
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

/** Properties that may contain blank strings: values of attributes, and content of other schemas. */
const OPEN = new Set(["values", "certificates", "otherAttributes", "other"]);

/**
 * Refuses blank strings. The schema allows them, but OpenSAML refuses the whole document (SAML V2.0 Core,
 * 1.3.1).
 */
export function refuseBlank(options: object): void {
  for (const name of FILLED) look((options as Readonly<Record<string, unknown>>)[name], name);
}

function look(value: unknown, path: string): void {
  if (typeof value === "string" && value.trim() === "") {
    throw wrongValue({ path: [path] }, path, value, "text that is not blank, or leave it out");
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (!OPEN.has(name)) look(inner, Array.isArray(value) ? path : `${path}.${name}`);
  }
}
