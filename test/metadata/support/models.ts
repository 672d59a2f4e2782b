import type { Certificate } from "../../../src/certificates/index.ts";
import type { AttributeRule, ElementName, Particle } from "../../../src/metadata/elements/rule.ts";
import type { TypeName } from "../../../src/metadata/elements/simple-types.ts";
import { alternatives, elementNamed } from "../../../src/metadata/elements/table.ts";
import type { EntitiesDescriptor, EntityDescriptor } from "../../../src/metadata/index.ts";
import { fc } from "../../support/property.ts";

type Model = Record<string, unknown>;

const ncName = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9._-]{0,8}$/);
/** Any text that XML can hold, with what is special in it more often than chance has it. */
export const xmlText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "<",
        ">",
        "&",
        '"',
        "'",
        "]]>",
        "\n",
        "\r",
        "\t",
        "&amp;",
        "<!--",
        "é",
        "日本",
        "😀",
        " ",
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) =>
    parts.join("").replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ""),
  );

const url = fc
  .tuple(
    fc.constantFrom("https", "http"),
    fc.domain(),
    fc.webPath(),
    fc.constantFrom("", "?a=b&c=%20", "#x"),
  )
  .map(([scheme, host, path, tail]) => `${scheme}://${host}${path}${tail}`);
const time = fc.integer({ min: -2_000_000_000, max: 8_000_000_000 }).map((unixSeconds) => ({
  unixSeconds,
  iso: new Date(unixSeconds * 1000).toISOString().replace(".000Z", "Z"),
}));

/** Values by the name of their type. */
const VALUES: Readonly<Partial<Record<TypeName, fc.Arbitrary<unknown>>>> = {
  string: xmlText,
  url,
  webImage: url,
  anyURI: fc.oneof(
    url,
    fc.constantFrom("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", "mailto:a@b.c"),
  ),
  entityIDType: fc.oneof(url, fc.constant("urn:mace:example:idp")),
  anyURIListType: fc.array(fc.oneof(url, fc.constant("urn:x:y")), { minLength: 1, maxLength: 3 }),
  listOfStrings: fc.array(ncName, { minLength: 1, maxLength: 3 }),
  boolean: fc.boolean(),
  unsignedShort: fc.integer({ min: 0, max: 65_535 }),
  unsignedByte: fc.integer({ min: 0, max: 255 }),
  positiveInteger: fc.integer({ min: 1, max: 1 << 30 }),
  integer: fc.integer(),
  dateTime: time,
  expiry: time,
  duration: fc.constantFrom("PT6H", "P7D", "P1Y2M3DT4H5M6.7S"),
  ID: ncName,
  language: fc.constantFrom("en", "de-CH", "zh-Hant-TW"),
  base64Binary: fc
    .uint8Array({ maxLength: 30 })
    .map((bytes) => Buffer.from(bytes).toString("base64")),
  ContactTypeType: fc.constantFrom("technical", "support", "administrative", "billing", "other"),
  KeyTypes: fc.constantFrom("signing", "encryption"),
  QName: fc.constant("ex:Type"),
};

function valuesOf(type: TypeName): fc.Arbitrary<unknown> {
  const arbitrary = VALUES[type];
  if (arbitrary === undefined) throw new Error(`no values for ${type}`);
  return arbitrary;
}

const EXAMPLE = "urn:example:extension";

/** A foreign element, as deep as asked for. */
function foreign(depth: number): fc.Arbitrary<Model> {
  const attributes = fc.uniqueArray(
    fc.record(
      { namespace: fc.constantFrom(EXAMPLE, "urn:example:other"), name: ncName, value: xmlText },
      { requiredKeys: ["namespace", "name", "value"] },
    ),
    { maxLength: 2, minLength: 1, selector: ({ name }) => name },
  );
  const leaf = fc.record({ text: xmlText.filter((text) => text !== "") });
  // White space alone between elements is dropped.
  const mixed = fc
    .array(
      fc.tuple(
        fc.constantFrom("", " b ", "c"),
        fc.constant(null).chain(() => foreign(0)),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .chain((tail) => xmlText.map((first) => [first, tail] as const))
    .map(([start, tail]) => {
      const isWhite = [start, ...tail.map(([text]) => text)].join("").trim() === "";
      const texts = [isWhite ? ` a${start}` : start, ...tail.map(([text]) => text)];
      return { text: texts.join(""), children: tail.map(([, child]) => child), texts };
    });
  const inner =
    depth === 0
      ? leaf
      : fc.oneof(
          leaf,
          fc.record({ children: fc.array(foreign(depth - 1), { minLength: 1, maxLength: 2 }) }),
          mixed,
          fc.constant({}),
        );
  return fc
    .tuple(
      fc.constantFrom(EXAMPLE, "urn:example:other"),
      ncName,
      fc.option(attributes, { nil: undefined }),
      inner,
    )
    .map(([namespace, name, list, content]) => ({
      namespace,
      name,
      ...(list === undefined ? {} : { attributes: list }),
      ...content,
    }));
}

/** An `<AttributeValue>` that is more than text. */
const attributeValue: fc.Arbitrary<Model> = foreign(1).map((child) => ({
  namespace: "urn:oasis:names:tc:SAML:2.0:assertion",
  name: "AttributeValue",
  children: [child],
}));

/** A role whose type is another schema's. */
function otherRole(certificates: readonly Certificate[], depth: number): fc.Arbitrary<Model> {
  return modelOf("md:AuthnAuthorityDescriptor", certificates, depth).map((model) => {
    const { authnQueryServices, assertionIdRequestServices, nameIdFormats, ...base } =
      model as Model;
    return { ...base, xsiType: "ex:Type", namespaces: [{ prefix: "ex", namespace: EXAMPLE }] };
  });
}

/** Models of an element, made from the same table that builds and reads them. */
export function modelOf(
  name: ElementName,
  certificates: readonly Certificate[],
  depth: number,
): fc.Arbitrary<unknown> {
  const { rule } = elementNamed(name);
  if (name === "ds:KeyInfo") return keyInfo(certificates);
  if (rule.anyType === true) return fc.oneof(xmlText, attributeValue);
  if (name === "md:RoleDescriptor") return otherRole(certificates, depth);
  if (rule.text !== undefined && rule.attributes === undefined) return valuesOf(rule.text);
  // An element that must not be empty needs one of its particles, however deep it is.
  const inner = rule.anyOrder === 1 ? Math.max(depth, 1) : depth;
  const parts: fc.Arbitrary<Model>[] = (rule.attributes ?? []).map(attributeOf);
  if (rule.text !== undefined) parts.push(valuesOf(rule.text).map((value) => ({ value })));
  for (const particle of rule.content ?? []) parts.push(particleOf(particle, certificates, inner));
  if (rule.anyAttribute === true) parts.push(otherAttributes);
  return fc
    .tuple(...parts)
    .map((list) => Object.assign({}, ...list) as Model)
    .filter((model) => rule.anyOrder !== 1 || Object.keys(model).length > 0);
}

const otherAttributes: fc.Arbitrary<Model> = fc.oneof(
  { arbitrary: fc.constant({}), weight: 9 },
  {
    arbitrary: fc.record({ name: ncName, value: xmlText }).map((attribute) => ({
      otherAttributes: [{ namespace: EXAMPLE, ...attribute }],
    })),
    weight: 1,
  },
);

function attributeOf({ name, type, as, required }: AttributeRule): fc.Arbitrary<Model> {
  // The type of a foreign role is of another schema: it is tested by itself.
  if (name === "xsi:type") return fc.constant({});
  const arbitrary = valuesOf(type).map((value): Model => ({ [as]: value }));
  return required ? arbitrary : fc.oneof(arbitrary, fc.constant({}));
}

function keyInfo(certificates: readonly Certificate[]): fc.Arbitrary<unknown> {
  return fc.record(
    {
      keyNames: fc.array(xmlText, { minLength: 1, maxLength: 2 }),
      certificates: fc.array(fc.constantFrom(...certificates), { minLength: 1, maxLength: 2 }),
      other: fc.constant([
        {
          namespace: "http://www.w3.org/2000/09/xmldsig#",
          name: "MgmtData",
          text: "kept",
        },
      ]),
    },
    { requiredKeys: ["certificates"] },
  );
}

function particleOf(
  place: Particle,
  certificates: readonly Certificate[],
  depth: number,
): fc.Arbitrary<Model> {
  const particles = alternatives(place).filter(
    ({ as, names }) => as !== "" && names[0] !== "saml:Assertion",
  );
  if (particles.length === 0) return fc.constant({});
  return fc.oneof(...particles.map((particle) => oneParticle(particle, certificates, depth)));
}

function oneParticle(
  particle: Particle,
  certificates: readonly Certificate[],
  depth: number,
): fc.Arbitrary<Model> {
  const { names, as, min, max, any } = particle;
  const rare = fc.oneof(
    { arbitrary: fc.constant(true), weight: Math.max(depth, 0) },
    { arbitrary: fc.constant(false), weight: 4 },
  );
  const item: fc.Arbitrary<unknown> =
    any === undefined
      ? fc.oneof(...names.map((name) => itemOf(name, names.length > 1, certificates, depth - 1)))
      : any === "strict"
        ? fc.constant({
            namespace: "http://www.w3.org/2000/09/xmldsig#",
            name: "DigestMethod",
            attributes: [{ name: "Algorithm", value: "urn:x" }],
          })
        : foreign(1);
  const value = max === 1 ? item : fc.array(item, { minLength: 1, maxLength: 2 });
  if (min > 0) return value.map((some) => ({ [as]: some }));
  if (depth <= 0) return fc.constant({});
  return rare.chain((isThere) =>
    isThere ? value.map((some): Model => ({ [as]: some })) : fc.constant({}),
  );
}

function itemOf(
  name: ElementName,
  tagged: boolean,
  certificates: readonly Certificate[],
  depth: number,
): fc.Arbitrary<unknown> {
  if (depth <= 0 && name === "md:EntitiesDescriptor")
    return itemOf("md:EntityDescriptor", tagged, certificates, depth);
  const model = fc.constant(null).chain(() => modelOf(name, certificates, depth));
  return tagged ? model.map((value) => ({ type: name.slice(3), ...(value as Model) })) : model;
}

/** Whole documents. */
export function documents(
  certificates: readonly Certificate[],
): fc.Arbitrary<EntityDescriptor | EntitiesDescriptor> {
  return fc
    .constantFrom("md:EntityDescriptor" as const, "md:EntitiesDescriptor" as const)
    .chain((name) => itemOf(name, true, certificates, 4)) as fc.Arbitrary<
    EntityDescriptor | EntitiesDescriptor
  >;
}

/** Without what a document may write in another way: prefixes, and what groups hand down. */
export function comparable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner) =>
      key === "prefix" || key === "inherited" || key === "namespaces" ? undefined : inner,
    ),
  );
}
