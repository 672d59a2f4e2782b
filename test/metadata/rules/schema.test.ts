import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { validateMetadata } from "../../../src/metadata/index.ts";
import { corpusFolder, requireCorpus } from "../../support/require.ts";
import { requireSchemas, schemaFaults } from "../../support/xsd.ts";

const corpus = requireCorpus("saml");
const schemas = requireSchemas();

/** Faults that XML Schema reports and a rule of ours reports in other words. */
const SCHEMA = /^metadata\.(?:schema\.|document\.duplicate_id$)/;

describe.skipIf(corpus.missing || schemas.missing)(
  `agrees with xmllint and the OASIS schemas${corpus.note}${schemas.note}`,
  () => {
    const folder = join(corpusFolder, "saml");
    const documents = corpus.missing
      ? []
      : readdirSync(folder, { recursive: true, encoding: "utf8" })
          .filter((name) => name.endsWith(".xml"))
          .map((name) => join(folder, name))
          // The schemas of WS-Federation are not part of Debian, and its types are not ours to check.
          .filter((path) => !readFileSync(path, "latin1").includes('xsi:type="fed:'));

    it("on every document that can be read", { timeout: 120_000 }, () => {
      const reports = documents.flatMap((path) => {
        const { findings, checks } = validateMetadata(readFileSync(path), { now: 1_790_000_000 });
        // What the strict reader refuses is not for a schema to judge, and takes xmllint minutes.
        if (checks.every(({ status }) => status === "skipped")) return [];
        return [{ path, ours: findings.filter(({ code }) => SCHEMA.test(code)) }];
      });
      const theirs = schemaFaults(reports.map(({ path }) => path));
      const differences = reports
        .filter(({ path, ours }) => ours.length > 0 !== theirs.has(path))
        .map(
          ({ path, ours }) =>
            `${path}\n  ours: ${ours.map(({ message }) => message).join("; ")}\n  xmllint: ${theirs.get(path)}`,
        );
      expect(differences).toEqual([]);
      expect(theirs.size).toBeGreaterThan(0);
    });
  },
);
