import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type EntityDescriptor, parseMetadata, type Role } from "../../../src/metadata/index.ts";
import { corpusFolder, requireCorpus, requireProgram } from "../../support/require.ts";

const corpus = requireCorpus("saml", "documents");
const python = requireProgram("/usr/bin/python3", ["-c", "import lxml"]);

interface Extract {
  readonly entityId: string | null;
  readonly endpoints: readonly (readonly (string | null)[])[];
  readonly keys: readonly (readonly (string | null)[])[];
}

function files(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".xml"))
    .map((name) => join(folder, name));
}

const endpointLists: Readonly<Record<string, string>> = {
  ArtifactResolutionService: "artifactResolutionServices",
  SingleLogoutService: "singleLogoutServices",
  ManageNameIDService: "manageNameIdServices",
  SingleSignOnService: "singleSignOnServices",
  NameIDMappingService: "nameIdMappingServices",
  AssertionIDRequestService: "assertionIdRequestServices",
  AssertionConsumerService: "assertionConsumerServices",
  AuthnQueryService: "authnQueryServices",
  AuthzService: "authzServices",
  AttributeService: "attributeServices",
};

function ours(entity: EntityDescriptor): Extract {
  const endpoints: (string | null)[][] = [];
  const keys: (string | null)[][] = [];
  for (const role of entity.roles ?? []) {
    for (const [element, property] of Object.entries(endpointLists)) {
      const list = (role as unknown as Record<string, unknown>)[property] as
        | readonly Record<string, string>[]
        | undefined;
      for (const e of list ?? []) {
        endpoints.push([
          role.type,
          element,
          e["binding"] ?? null,
          e["location"] ?? null,
          e["responseLocation"] ?? null,
          e["index"] === undefined ? null : String(e["index"]),
        ]);
      }
    }
    for (const key of roleKeys(role)) keys.push([...key]);
  }
  return { entityId: entity.entityId, endpoints: endpoints.sort(), keys: keys.sort() };
}

function roleKeys(role: Role): readonly (readonly [string, string | null, string])[] {
  return (role.keyDescriptors ?? []).flatMap(({ use, keyInfo }) =>
    [
      ...[...(keyInfo?.certificates ?? []), ...(keyInfo?.issuers ?? [])].map(
        ({ derBase64 }) => derBase64,
      ),
      ...(keyInfo?.unreadableCertificates ?? []).map((text) => text.replace(/\s/g, "")),
    ].map((key) => [role.type, use ?? null, key] as const),
  );
}

const FORBIDDEN = /<!DOCTYPE|<\?(?!xml[ \t\r\n])/;

describe.skipIf(corpus.missing || python.missing)(
  `real documents are read as libxml2 reads them${corpus.note}${python.note}`,
  () => {
    const all = corpus.missing
      ? []
      : [
          ...files(join(corpusFolder, "saml/documents")),
          ...files(join(corpusFolder, "saml/ukf-testbed")),
        ];
    it("the same entities, endpoints and keys", { timeout: 300_000 }, () => {
      const output = spawnSync("/usr/bin/python3", ["test/support/extract_metadata.py", ...all], {
        encoding: "utf8",
        maxBuffer: 1 << 28,
      }).stdout.trim();
      const expected = output.split("\n").map((line) => JSON.parse(line) as Extract[] | null);
      expect(expected).toHaveLength(all.length);

      for (const [i, theirs] of expected.entries()) {
        const path = all[i] as string;
        const bytes = readFileSync(path);
        if (theirs === null || theirs.length === 0) continue;
        if (FORBIDDEN.test(bytes.toString("latin1"))) continue;
        const mine = parseMetadata(bytes).entities.map(ours);
        const sorted = theirs.map(({ entityId, endpoints, keys }) => ({
          entityId: entityId ?? "",
          endpoints: [...endpoints].map((e) => [...e]).sort(),
          keys: [...keys].map((k) => [...k]).sort(),
        }));
        expect(mine, path).toEqual(sorted);
      }
    });
  },
);
