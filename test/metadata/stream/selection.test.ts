import { describe, expect, it } from "vitest";
import {
  type EntitiesDescriptor,
  type EntityDescriptor,
  type EntitySelection,
  parseMetadata,
  readEntities,
  type UntrustedEntity,
} from "../../../src/metadata/index.ts";
import { fc } from "../../support/property.ts";

const MD = "urn:oasis:names:tc:SAML:2.0:metadata";
const ROLES = ["IDPSSODescriptor", "SPSSODescriptor", "AttributeAuthorityDescriptor"] as const;
const NAMES = ["a", "b&amp;c", "é", "漢", "😀", "&#x64;"];
const VALUES = ["x", "y z", "ü", "&#120;", "\n x \t", "<![CDATA[x]]>", "x<!-- -->x", "xx"];

interface Shape {
  readonly attributes: readonly number[];
  readonly registration: number;
  readonly validity: number;
  /** A group's members, or an entity's roles. */
  readonly inner: readonly Shape[] | readonly number[];
  readonly name: number;
  readonly isGroup: boolean;
  readonly filler: number;
}

const { shape } = fc.letrec<{ shape: Shape }>((tie) => {
  const shared = {
    attributes: fc.array(fc.nat(VALUES.length - 1), { maxLength: 2 }),
    registration: fc.nat(3),
    validity: fc.nat(4),
    name: fc.nat(NAMES.length - 1),
    filler: fc.constantFrom(0, 1, 40),
  };
  const entity = fc.record({
    ...shared,
    inner: fc.subarray([0, 1, 2]),
    isGroup: fc.constant(false),
  });
  const group = fc.record({
    ...shared,
    inner: fc.array(tie("shape"), { maxLength: 4 }),
    isGroup: fc.constant(true),
  });
  return { shape: fc.oneof({ maxDepth: 4, depthSize: "small" }, entity, group) };
});

/** Written by hand, with text in which bytes and characters differ. */
function write(node: Shape, prefix: string): string {
  const own = prefix === "" ? "" : `${prefix}:`;
  const values = node.attributes.map(
    (one) => `<s:AttributeValue>${VALUES[one]}</s:AttributeValue>`,
  );
  const attributes = `<a:EntityAttributes><s:Attribute Name="n">${values.join("")}</s:Attribute></a:EntityAttributes>`;
  const registration =
    node.registration < 2
      ? `<r:RegistrationInfo registrationAuthority="é${node.registration}"/>`
      : "";
  const extensions = `${values.length > 0 ? attributes : ""}${registration}`;
  const validity = [
    "",
    ' validUntil="2030-01-01T00:00:00Z"',
    ' validUntil="soon"',
    ' cacheDuration="PT1H"',
  ];
  const start = `${validity[node.validity] ?? ""}${node.isGroup ? ` Name="${NAMES[node.name]}"` : ` entityID="${NAMES[node.name]}"`}`;
  const inner = node.isGroup
    ? (node.inner as readonly Shape[]).map((one) => write(one, prefix))
    : (node.inner as readonly number[]).map(
        (role) => `<${own}${ROLES[role]} protocolSupportEnumeration="urn:p"/>`,
      );
  const name = `${own}${node.isGroup ? "EntitiesDescriptor" : "EntityDescriptor"}`;
  const head = extensions === "" ? "" : `<${own}Extensions>${extensions}</${own}Extensions>`;
  const filler = "<!-- é漢😀 -->".repeat(node.filler);
  return `<${name}${start}>${head}${filler}${inner.join("\n")}</${name}>`;
}

const documents = fc
  .tuple(fc.array(shape, { maxLength: 5 }), fc.nat(), fc.constantFrom("", "md", "é"))
  .map(([members, n, prefix]) => {
    const attributes = members[0]?.attributes ?? [];
    const root = { attributes, registration: n % 4, validity: n % 5, name: 0, filler: 0 };
    const xml = write({ ...root, inner: members, isGroup: true }, prefix);
    const bound = `xmlns${prefix === "" ? "" : `:${prefix}`}="${MD}" xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:a="urn:oasis:names:tc:SAML:metadata:attribute" xmlns:r="urn:oasis:names:tc:SAML:metadata:rpi"`;
    return xml.replace("EntitiesDescriptor", `EntitiesDescriptor ${bound}`);
  });

const selections: fc.Arbitrary<EntitySelection> = fc.record(
  {
    entityIds: fc.subarray(["a", "b&c", "é", "漢", "😀", "d"]),
    roles: fc.subarray([...ROLES]),
    entityAttribute: fc.record({
      name: fc.constantFrom("n", "n", "m"),
      value: fc.constantFrom("x", "y z", "ü", "xx"),
    }),
  },
  { requiredKeys: [] },
);

type Member = EntityDescriptor | EntitiesDescriptor;

const says = ({ extensions }: Member, { name, value }: { name: string; value: string }): boolean =>
  (extensions?.entityAttributes?.attributes ?? []).some(
    (one) => one.name === name && one.values?.some((text) => String(text).trim() === value),
  );

/** The selection as the whole model gives it: true or false for each entity, in order. */
function wanted(member: Member, select: EntitySelection, around: readonly Member[]): boolean[] {
  if (member.type === "EntitiesDescriptor") {
    return (member.members ?? []).flatMap((one) => wanted(one, select, [...around, member]));
  }
  const { entityIds, roles, entityAttribute } = select;
  return [
    (entityIds?.includes(member.entityId) ?? true) &&
      (roles?.some((role) => member.roles?.some(({ type }) => type === role)) ?? true) &&
      // What a group says of entities holds for each in it (mdattr 2.3).
      (entityAttribute === undefined ||
        [...around, member].some((one) => says(one, entityAttribute))),
  ];
}

async function* cut(octets: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < octets.length; i++) {
    const size = sizes[i % sizes.length] as number;
    yield octets.subarray(at, at + size);
    at += size;
  }
}

describe("readEntities of random aggregates", () => {
  it("selects the same entities as the whole model, however bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        selections,
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }),
        async (xml, select, sizes) => {
          const { root, entities } = parseMetadata(xml);
          const isWanted = wanted(root, select, []);
          const found: UntrustedEntity[] = [];
          for await (const one of readEntities(cut(Buffer.from(xml), sizes), { select })) {
            found.push(one);
          }
          expect(found).toEqual(entities.filter((_, i) => isWanted[i]));
        },
      ),
      { numRuns: 300, endOnFailure: true },
    );
  });
});
