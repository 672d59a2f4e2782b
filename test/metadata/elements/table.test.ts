import { describe, expect, test } from "vitest";
import { coreElements } from "../../../src/metadata/elements/core.ts";
import { dsigElements } from "../../../src/metadata/elements/dsig.ts";
import { extensionElements } from "../../../src/metadata/elements/extensions.ts";
import { schemaName } from "../../../src/metadata/elements/lexical.ts";
import { type ElementName, type Particle, ruleOf } from "../../../src/metadata/elements/rule.ts";
import { alternatives, elementNamed } from "../../../src/metadata/elements/table.ts";

const written = { ...coreElements, ...extensionElements, ...dsigElements };
const names = Object.keys(written) as ElementName[];

/** Named by the schema of XML Signature or of assertions, and not described here. */
const UNKNOWN = ["ds:DSAKeyValue", "ds:PGPData", "ds:SPKIData", "saml:Assertion"];

const particlesOf = (name: ElementName): readonly Particle[] =>
  (ruleOf(written[name] ?? {}).content ?? []).flatMap(alternatives);

describe("the schema table", () => {
  test("names only elements that it has", () => {
    const named = names.flatMap(particlesOf).flatMap((particle) => particle.names);
    const missing = [...new Set(named)].filter((name) => written[name] === undefined);
    expect(missing.sort()).toEqual(UNKNOWN);
  });

  test("names only types that can be checked and written", () => {
    const types = names.flatMap((name) => {
      const { attributes = [], text } = ruleOf(written[name] ?? {});
      return [...attributes.map(({ type }) => type), ...(text === undefined ? [] : [text])];
    });
    for (const type of types) expect(schemaName(type), type).toMatch(/^\w+$/);
  });

  test("gives each property of an element once", () => {
    for (const name of Object.keys({ ...coreElements, ...extensionElements }) as ElementName[]) {
      const { attributes, rule } = elementNamed(name);
      const properties = [...attributes, ...(rule.content ?? []).flatMap(alternatives)]
        .map(({ as }) => as)
        .filter((as) => as !== "" && as !== "other");
      expect(properties, name).toEqual([...new Set(properties)]);
    }
  });

  test("spells properties as the model does", () => {
    expect(
      ruleOf({ attributes: "entityID:entityIDType xml:lang?:language=lang" }).attributes,
    ).toEqual([
      { name: "entityID", type: "entityIDType", required: true, as: "entityId" },
      { name: "xml:lang", type: "language", required: false, as: "lang" },
    ]);
    expect(
      ruleOf({ content: "ds:Signature?= md:OrganizationURL+=urls md:A|md:B*=list/md:C ##other" })
        .content,
    ).toEqual([
      { names: ["ds:Signature"], min: 0, max: 1, as: "" },
      { names: ["md:OrganizationURL"], min: 1, max: Infinity, as: "urls" },
      {
        names: ["md:A", "md:B"],
        min: 0,
        max: Infinity,
        as: "list",
        instead: { names: ["md:C"], min: 1, max: 1, as: "c" },
      },
      { names: [], min: 0, max: Infinity, as: "other", any: "other" },
    ]);
  });
});
