import { beforeAll, describe, expect, it } from "vitest";
import type { Certificate } from "../../../src/certificates/index.ts";
import {
  buildMetadata,
  diffMetadata,
  type EntitiesDescriptor,
  type EntityDescriptor,
  type IdentityProviderRole,
  type KeyDescriptor,
  parseMetadata,
  type Role,
  readEntities,
} from "../../../src/metadata/index.ts";
import { signMetadata } from "../../../src/signature/index.ts";
import { createTestCertificate, type TestCertificate } from "../../../src/testing/index.ts";
import { fc } from "../../support/property.ts";
import { documents } from "../support/models.ts";

let made: readonly TestCertificate[];
let keys: readonly Certificate[];

beforeAll(async () => {
  made = await Promise.all(Array.from({ length: 4 }, () => createTestCertificate()));
  keys = made.map(({ certificate }) => certificate);
});

type Model = EntityDescriptor | EntitiesDescriptor;

const SAML2 = "urn:oasis:names:tc:SAML:2.0:protocol";
const SAML1 = "urn:oasis:names:tc:SAML:1.1:protocol";

/** Lists of a model in another order, but for text among elements. */
function shuffled(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) {
    const list = value.map((item) => shuffled(item, next));
    return list
      .map((item) => [next(), item] as const)
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "texts" || name === "children" ? inner : shuffled(inner, next),
    ]),
  );
}

/** Two of one name can only be told apart by their order. */
function isAmbiguous(model: Model): boolean {
  const { entities } = parseMetadata(buildMetadata(model));
  const names = entities.map(({ entityId }) => entityId);
  const roleNames = entities.flatMap(({ roles = [] }, i) =>
    roles.map(
      ({ type, protocolSupportEnumeration = [] }) =>
        `${i} ${type} ${[...new Set(protocolSupportEnumeration)].sort()}`,
    ),
  );
  return [names, roleNames].some((list) => new Set(list).size < list.length);
}

function renamed(xml: string): string {
  return xml
    .replace(/(<\/?)(md|mdui|ds|saml):/g, "$1$2x:")
    .replace(/ xmlns:(md|mdui|ds|saml)=/g, " xmlns:$1x=");
}

const expectSame = (before: string, after: string): void => {
  expect(diffMetadata(before, after)).toEqual({
    same: true,
    entities: { added: [], removed: [] },
    keys: [],
    changes: [],
    isRotation: false,
  });
};

describe("diffMetadata of random documents", () => {
  it("ignores other notations of the same content", () => {
    fc.assert(
      fc.property(
        documents(keys),
        fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
        (model, picks) => {
          fc.pre(!isAmbiguous(model));
          const xml = buildMetadata(model);
          let i = 0;
          const order = shuffled(model, () => picks[i++ % picks.length] as number) as Model;
          expectSame(xml, buildMetadata(model, { format: "compact" }));
          expectSame(xml, renamed(xml));
          expectSame(xml, buildMetadata(order));
          expectSame(xml, xml.replace(/\n\s*</g, "\r\n\t\t<"));
        },
      ),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it("ignores signatures", () => {
    fc.assert(
      fc.property(documents(keys), (model) => {
        // Nothing is signed that has two of an ID, or has expired when it is signed.
        const xml = buildMetadata(model).replace(/ (?:validUntil|ID)="[^"]*"/g, "");
        const { privateKeyPem: privateKey, certificate } = made[0]!;
        expectSame(xml, signMetadata(xml, { privateKey, certificate }));
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  it("reports every other change, and its reverse for swapped documents", () => {
    fc.assert(
      fc.property(documents(keys), documents(keys), (one, other) => {
        const [before, after] = [buildMetadata(one), buildMetadata(other)];
        const [there, back] = [diffMetadata(before, after), diffMetadata(after, before)];
        const sorted = (list: readonly unknown[]): readonly string[] =>
          list.map((item) => JSON.stringify(item)).sort();
        expect(there.same).toBe(back.same);
        expect(sorted(there.entities.added)).toEqual(sorted(back.entities.removed));
        expect(sorted(there.entities.removed)).toEqual(sorted(back.entities.added));
        expect(sorted(there.keys.map(({ added, removed }) => [added, removed]))).toEqual(
          sorted(back.keys.map(({ added, removed }) => [removed, added])),
        );
        expect(there.changes).toHaveLength(back.changes.length);
      }),
      { numRuns: 50, endOnFailure: true },
    );
  });
});

describe("diffMetadata of a rotation", () => {
  const descriptors = (use: KeyDescriptor["use"], list: readonly number[]): KeyDescriptor[] =>
    list.map((i) => ({ use, keyInfo: { certificates: [keys[i]!] } }));
  const role = (
    keyDescriptors: readonly KeyDescriptor[],
    protocol = SAML2,
  ): IdentityProviderRole => ({
    type: "IDPSSODescriptor",
    protocolSupportEnumeration: [protocol],
    keyDescriptors,
    singleSignOnServices: [
      {
        binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
        location: "https://idp.example.com/sso",
      },
    ],
  });
  const document = (...roles: readonly Role[]): string =>
    buildMetadata({ type: "EntityDescriptor", entityId: "https://idp.example.com/", roles });

  const uses = fc.constantFrom("signing" as const, "encryption" as const);
  const some = fc.uniqueArray(fc.nat(3), { maxLength: 4 });

  it("names the stage by added, removed and kept keys, for each use", () => {
    fc.assert(
      fc.property(uses, some, some, (use, before, after) => {
        const came = after.filter((key) => !before.includes(key));
        const went = before.filter((key) => !after.includes(key));
        const diff = diffMetadata(
          document(role(descriptors(use, before))),
          document(role(descriptors(use, after))),
        );
        if (came.length + went.length === 0) {
          expect(diff.same).toBe(true);
          return;
        }
        const kept = after.some((key) => before.includes(key));
        const stage =
          before.length === 0
            ? "added"
            : after.length === 0
              ? "removed"
              : !kept
                ? "replaced"
                : came.length > 0
                  ? went.length > 0
                    ? "rolled"
                    : "introduced"
                  : "retired";
        expect(diff).toMatchObject({ isRotation: true, changes: [], keys: [{ use, stage }] });
        expect(diff.keys).toHaveLength(1);
        const prints = (list: readonly number[]): readonly string[] =>
          list.map((i) => keys[i]!.fingerprint.sha256);
        expect(new Set(diff.keys[0]?.added)).toEqual(new Set(prints(came)));
        expect(new Set(diff.keys[0]?.removed)).toEqual(new Set(prints(went)));
      }),
    );
  });

  it("names the stages of a rotation in order", () => {
    const [first, both, swapped, last] = [[0], [0, 1], [1, 0], [1]].map((list) =>
      document(role(descriptors("signing", list))),
    ) as [string, string, string, string];
    expect(diffMetadata(first, both).keys).toMatchObject([{ stage: "introduced" }]);
    // Which key signs today is not in metadata: order means nothing there.
    expectSame(both, swapped);
    expect(diffMetadata(swapped, last).keys).toMatchObject([{ stage: "retired" }]);
  });

  it("counts a key without use for both uses", () => {
    const diff = diffMetadata(
      document(role(descriptors(undefined, [0]))),
      document(role([...descriptors("signing", [0, 1]), ...descriptors("encryption", [0])])),
    );
    expect(diff.keys).toMatchObject([{ use: "signing", stage: "introduced" }]);
  });

  it("sees a key that only one of two roles of a type loses, whatever their order", () => {
    const [old, next] = [descriptors("signing", [0]), descriptors("signing", [0, 1])];
    const diff = diffMetadata(
      document(role(next, SAML1), role(next)),
      document(role(old), role(next, SAML1)),
    );
    expect(diff).toMatchObject({
      isRotation: true,
      changes: [],
      keys: [{ stage: "retired", removed: [keys[1]!.fingerprint.sha256] }],
    });
    expectSame(document(role(old), role(next, SAML1)), document(role(next, SAML1), role(old)));
    // The same in both is told once.
    expect(
      diffMetadata(document(role(old), role(old, SAML1)), document(role(next), role(next, SAML1)))
        .keys,
    ).toHaveLength(1);
  });

  it("compares inherited values, and entities of one name in their order", async () => {
    const group = (until: number, ...members: readonly EntityDescriptor[]): string =>
      buildMetadata({
        type: "EntitiesDescriptor",
        validUntil: { unixSeconds: until, iso: "" },
        members,
      });
    const entity = (list: readonly number[]): EntityDescriptor => ({
      type: "EntityDescriptor",
      entityId: "https://idp.example.com/",
      roles: [role(descriptors("signing", list))],
    });
    const [before, after] = [group(2_000_000_000, entity([0])), group(2_000_086_400, entity([0]))];
    expect(diffMetadata(before, after).changes).toMatchObject([
      { path: "validUntil", kind: "changed", before: "2033-05-18T03:33:20Z" },
    ]);
    const streamed: EntityDescriptor[] = [];
    for await (const one of readEntities(before)) streamed.push(one);
    expect(diffMetadata(before, streamed).same).toBe(true);
    const twice = diffMetadata(
      group(2_000_000_000, entity([0]), entity([1])),
      group(2_000_000_000, entity([0]), entity([2])),
    );
    expect(twice.keys).toMatchObject([{ stage: "replaced" }]);
    expect(diffMetadata(before, group(2_000_000_000, entity([0]), entity([0]))).entities).toEqual({
      added: ["https://idp.example.com/"],
      removed: [],
    });
  });
});
