/** The source file behind each public entry of the package, in the order of the documentation. */
export const ENTRIES = {
  ".": "src/index.ts",
  "./certificates": "src/certificates/index.ts",
  "./metadata": "src/metadata/index.ts",
  "./signature": "src/metadata/signature/index.ts",
  "./sendgrid": "src/providers/sendgrid/index.ts",
  "./keycard": "src/providers/keycard/index.ts",
  "./pandastack": "src/providers/pandastack/index.ts",
  "./metadata-url": "src/providers/metadata-url/index.ts",
  "./rotation": "src/rotation/index.ts",
  "./testing": "src/testing/index.ts",
  "./schemas": "src/schemas/index.ts",
};

/** The root repeats two layers; each layer has its own page. */
export const API_ENTRIES = Object.entries(ENTRIES)
  .filter(([name]) => name !== ".")
  .map(([, file]) => file);
