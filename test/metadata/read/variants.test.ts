import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diffMetadata, parseMetadata } from "../../../src/metadata/index.ts";
import { corpusFolder, requireCorpus } from "../../support/require.ts";
import { changed } from "../support/changes.ts";
import { picker, variant } from "../support/variants.ts";

const corpus = requireCorpus("saml", "documents");
const folder = join(corpusFolder, "saml/documents");

/** Real documents that are read, and are not so long that a few of them are all that is tried. */
const real = (corpus.missing ? [] : readdirSync(folder))
  .filter((name) => name.endsWith(".xml"))
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .filter((xml) => xml.length < 120_000 && !/<!DOCTYPE|<\?(?!xml)/.test(xml) && isRead(xml));

function isRead(xml: string): boolean {
  try {
    return parseMetadata(xml).entities.length > 0;
  } catch {
    return false;
  }
}

const HINT = /^(?:schemaLocation|noNamespaceSchemaLocation|space)$/;

/** The meaning of a model: without prefixes, order of attributes, and white space in base64 and names. */
function meaningOf(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\s+/g, " ").trim();
  if (Array.isArray(value)) return value.map(meaningOf);
  if (typeof value !== "object" || value === null) return value;
  const { fingerprint, ...model } = value as Record<string, unknown>;
  if (fingerprint !== undefined) return fingerprint;
  const entries = Object.keys(model)
    .filter((name) => !["prefix", "namespaces"].includes(name) && model[name] !== undefined)
    .sort()
    .map((name): readonly [string, unknown] => [name, partMeaning(name, model)])
    .filter(([, part]) => !Array.isArray(part) || part.length > 0);
  return Object.fromEntries(entries);
}

function partMeaning(name: string, model: Readonly<Record<string, unknown>>): unknown {
  const part = model[name];
  if (
    name === "unreadableCertificates" ||
    (name === "text" && model["name"] === "X509Certificate")
  ) {
    return JSON.stringify(part).replace(/\s|\\[nt]/g, "");
  }
  if (name !== "otherAttributes" && name !== "attributes") return meaningOf(part);
  return (part as readonly { readonly name: string }[])
    .filter((one) => !HINT.test(one.name))
    .map((one) => JSON.stringify(meaningOf(one)))
    .sort();
}

const model = (xml: string | Uint8Array): string =>
  JSON.stringify(meaningOf(parseMetadata(xml).root));

describe.skipIf(corpus.missing)(`real documents${corpus.note}`, () => {
  const RUNS = 400;

  it("are read the same in every notation", () => {
    const expected = real.map(model);
    let rewritten = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const pick = picker(seed);
      const i = pick(real.length);
      const { names, text } = variant(real[i]!, pick);
      if (text !== real[i]) rewritten++;
      // What is in the wrong namespace is no certificate: its lines are part of its text.
      const isForeign = expected[i]!.includes('"name":"X509Certificate"');
      if (isForeign && names.includes("certificates in lines")) continue;
      expect(model(pick(2) === 0 ? text : Buffer.from(text)), `${seed}: ${names}`).toBe(
        expected[i],
      );
      expect(diffMetadata(real[i]!, text), `${seed}: ${names}`).toMatchObject({
        same: true,
        changes: [],
      });
    }
    expect(rewritten).toBeGreaterThan(RUNS * 0.9);
  }, 60_000);

  it("differ once their content differs", () => {
    let said = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const pick = picker(seed);
      const document = real[pick(real.length)]!;
      const change = changed(document, pick);
      if (change === undefined) continue;
      // What is listed twice of a key, or with two keys, is said once.
      if (change.path.includes("KeyDescriptor") && /an element/.test(change.kind)) continue;
      const { same, changes, keys, entities } = diffMetadata(document, change.text);
      expect(same, `${seed}: ${change.kind} ${change.path.join("/")}`).toBe(false);
      const places = [
        ...changes.map(({ path }) => path),
        ...keys.map(({ role }) => role),
        ...[...entities.added, ...entities.removed].map(() => "entityID"),
      ];
      const role = change.path.find((name) => /(?:SSO|Authority|PDP)Descriptor$/.test(name));
      const isOfEntity =
        change.attribute === "entityID" || change.path.at(-1) === "EntityDescriptor";
      if (role !== undefined) expect(places.join(), `${seed}`).toContain(role);
      else if (isOfEntity && change.kind !== "another attribute")
        expect(places).toContain("entityID");
      said++;
    }
    expect(said).toBeGreaterThan(RUNS * 0.8);
  }, 60_000);
});
