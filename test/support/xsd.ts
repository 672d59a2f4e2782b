import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Requirement, requireFile, requireProgram } from "./require.ts";

const SCHEMAS = join(import.meta.dirname, "schemas");

/** xmllint with the schemas of Debian's opensaml-schemas, xmltooling-schemas, shibboleth-sp-common. */
export function requireSchemas(): Requirement {
  const needed = [
    requireProgram("xmllint"),
    requireFile("/usr/share/xml/opensaml/saml-schema-metadata-2.0.xsd"),
    requireFile("/usr/share/xml/xmltooling/xmldsig-core-schema.xsd"),
    requireFile("/usr/share/xml/shibboleth/shibboleth-metadata-1.0.xsd"),
  ];
  return needed.find(({ missing }) => missing) ?? { missing: false, note: "" };
}

/** The messages of xmllint for each invalid file, by path. */
export function schemaFaults(paths: readonly string[]): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  for (let i = 0; i < paths.length; i += 200) {
    const { stderr } = spawnSync(
      "xmllint",
      [
        "--nonet",
        "--huge",
        "--noout",
        "--schema",
        join(SCHEMAS, "metadata.xsd"),
        ...paths.slice(i, i + 200),
      ],
      {
        encoding: "utf8",
        maxBuffer: 1 << 28,
        env: { ...process.env, XML_CATALOG_FILES: join(SCHEMAS, "catalog.xml") },
      },
    );
    for (const line of stderr.split("\n")) {
      const path = /^(.*?):\d+: .*(?:validity error|parser error)/.exec(line)?.[1];
      if (path !== undefined) faults.set(path, `${faults.get(path) ?? ""}${line}\n`);
    }
    if (!stderr.includes("validates") && !stderr.includes("fails to validate"))
      throw new Error(stderr);
  }
  return faults;
}

/** The faults of texts, by their place in the list. */
export function schemaFaultsOf(texts: readonly string[]): ReadonlyMap<number, string> {
  const folder = mkdtempSync(join(tmpdir(), "samlcert-"));
  try {
    const paths = texts.map((text, i) => {
      const path = join(folder, `${i}.xml`);
      writeFileSync(path, text);
      return path;
    });
    const faults = schemaFaults(paths);
    return new Map(
      paths.flatMap((path, i) => {
        const fault = faults.get(path);
        return fault === undefined ? [] : [[i, fault] as const];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
