import { describe, expect, it } from "vitest";
import { signMetadata, verifyEntities, verifyMetadata } from "../../src/signature/index.ts";
import { type Mutation, mutations } from "../metadata/support/mutants.ts";
import { harmless } from "../metadata/support/rewritings.ts";
import { makeSigner, xmlsec1Verifies } from "../metadata/support/signing.ts";
import { fc } from "../support/property.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const xmlsec1 = requireProgram("xmlsec1");
/** SAMLCERT_MUTANTS=20000 for the long run. */
const RUNS = Number(process.env["SAMLCERT_MUTANTS"] ?? 1500);

const NAMESPACES =
  'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui"';

function entity(name: string, key: string, declared = ""): string {
  return `<md:EntityDescriptor ${declared} entityID="https://${name}.example.com/saml">
  <md:Extensions><mdui:UIInfo><mdui:DisplayName xml:lang="en">The ${name} &amp; co.</mdui:DisplayName></mdui:UIInfo></md:Extensions>
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${key}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://${name}.example.com/sso"/>
  </md:IDPSSODescriptor>
  <md:ContactPerson contactType="technical"><md:EmailAddress>mailto:it@${name}.example.com</md:EmailAddress></md:ContactPerson>
</md:EntityDescriptor>`;
}

describe.skipIf(openssl.missing)(`mutants of signed documents${openssl.note}`, () => {
  const signer = openssl.missing ? ({} as never) : makeSigner("rsa");
  const key = signer.certificate?.replace(/-----[A-Z ]+-----|\s/g, "");
  const trust = { certificates: [signer.certificate] };
  const single = `<?xml version="1.0"?>\n${entity("idp", key, NAMESPACES)}`;
  const aggregate = `<md:EntitiesDescriptor ${NAMESPACES} Name="urn:x">${entity("a", key)}${entity("b", key)}</md:EntitiesDescriptor>`;

  describe.each([
    ["one entity", single],
    ["an aggregate", aggregate],
  ])("%s", (_, document) => {
    const signed = openssl.missing ? "" : signMetadata(document, signer);
    // An attacker also has an older document of the same signer, and a key of their own.
    const older = openssl.missing ? "" : signMetadata(document.replaceAll("/sso", "/old"), signer);
    const stranger = openssl.missing ? ({} as never) : makeSigner("rsa");
    const foreign = openssl.missing
      ? ""
      : signMetadata(document.replaceAll(".example.com", ".evil.example.com"), stranger);
    const saidBy = (xml: string): string => {
      const { entities, root } = verifyMetadata(xml, { trust });
      return JSON.stringify([entities, root]);
    };
    const truths = openssl.missing ? [] : [saidBy(signed), saidBy(older)];
    /** xmlsec1 and xml-crypto verify all of these too; xml-crypto misreads end tags with blanks. */
    const agrees = (documents: readonly string[]): void => {
      for (const xml of documents) {
        if (!/<\/[^<>\s]*\s/.test(xml)) {
          verifyMetadata(xml, { trust, secondOpinion: true });
        }
        if (!xmlsec1.missing) expect(xmlsec1Verifies(xml, signer.certificate), xml).toBe(true);
      }
    };
    const streamOf = async (xml: string): Promise<string> =>
      JSON.stringify(await verifyEntities(xml, { trust }));

    it("never give a value that the signature does not cover", async () => {
      let refused = 0;
      const accepted = new Set<string>();
      const check = async ({ apply }: Mutation): Promise<void> => {
        const mutant = apply(signed);
        let read: string | undefined;
        try {
          read = saidBy(mutant);
        } catch (error) {
          expect((error as { code?: string }).code, String(error)).toMatch(
            /^(signature|xml|metadata)\./,
          );
          refused++;
        }
        // Exactly the content of one of the two documents that were signed.
        if (read !== undefined) {
          expect(truths, mutant).toContain(read);
          accepted.add(mutant);
        }
        let streamed: string | undefined;
        try {
          streamed = await streamOf(mutant);
        } catch (error) {
          expect((error as { code?: string }).code, String(error)).toMatch(
            /^(signature|xml|metadata)\./,
          );
        }
        expect(streamed).toBe(read && JSON.stringify(JSON.parse(read)[0]));
      };
      await fc.assert(fc.asyncProperty(mutations([older, foreign]), check), { numRuns: RUNS });
      expect(refused).toBeGreaterThan(RUNS / 3);
      expect(refused).toBeLessThan(RUNS);
      expect(accepted.size).toBeGreaterThan(RUNS / 50);
      agrees([...accepted].slice(0, 150));
    }, 1_800_000);

    it("are verified if they write the same content in another way", async () => {
      const check = async ({ apply }: Mutation): Promise<void> => {
        const rewritten = apply(signed);
        expect(saidBy(rewritten), rewritten).toBe(truths[0]);
        expect(await streamOf(rewritten)).toBe(JSON.stringify(JSON.parse(truths[0]!)[0]));
      };
      await fc.assert(fc.asyncProperty(harmless, check), { numRuns: Math.ceil(RUNS / 5) });
    }, 900_000);
  });
});
