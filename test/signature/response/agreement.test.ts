import { describe, expect, it } from "vitest";
import { explainResponse } from "../../../src/signature/index.ts";
import { type Mutation, mutations } from "../../metadata/support/mutants.ts";
import { harmless } from "../../metadata/support/rewritings.ts";
import {
  makeSigner,
  signatureTemplate,
  type TestSigner,
  xmlsec1Signs,
} from "../../metadata/support/signing.ts";
import { fc } from "../../support/property.ts";
import { requireProgram } from "../../support/require.ts";
import { NOW, responseXml } from "./support.ts";
import { IDS, xmlsec1Says } from "./xmlsec1.ts";

const xmlsec1 = requireProgram("xmlsec1");
/** SAMLCERT_MUTANTS=5000 for the long run. */
const RUNS = Number(process.env["SAMLCERT_MUTANTS"] ?? 250);

const MORE = "http://www.w3.org/2001/04/xmldsig-more#";

/** Signs with xmlsec1, which reads `ID` only where it is told to. */
function sign(xml: string, signer: TestSigner): string {
  return xmlsec1Signs(xml, signer, IDS);
}

function template(element: "Response" | "Assertion", parts = {}): string {
  const id = element === "Response" ? "_response" : "_assertion";
  return signatureTemplate(id, parts)
    .replaceAll(/<(\/?)(?=[A-Z])/g, "<$1ds:")
    .replace("xmlns=", "xmlns:ds=");
}

function withSignature(xml: string, element: "Response" | "Assertion", parts = {}): string {
  const after =
    element === "Response" ? /<\/saml:Issuer>/ : /(?<=<saml:Assertion.*)<\/saml:Issuer>/;
  return xml.replace(after, (end) => end + template(element, parts));
}

function isVerified(xml: string, certificate: string): readonly boolean[] {
  const { signatures } = explainResponse(xml, { certificates: certificate, now: NOW });
  return signatures.map(({ by, content }) => by === "given" && content === "intact");
}

describe.skipIf(xmlsec1.missing)(`explainResponse and xmlsec1${xmlsec1.note}`, () => {
  const none = {} as TestSigner;
  const signer = xmlsec1.missing ? none : makeSigner("rsa");
  const curve = xmlsec1.missing ? none : makeSigner("P-256");

  const ALGORITHMS: readonly (readonly [string, TestSigner])[] = [
    ...["rsa-sha256", "rsa-sha384", "rsa-sha512"].map((name) => [MORE + name, signer] as const),
    ["http://www.w3.org/2000/09/xmldsig#rsa-sha1", signer],
    [`${MORE}ecdsa-sha256`, curve],
  ];

  it.each(ALGORITHMS)("agree on %s", (signature, by) => {
    for (const element of ["Response", "Assertion"] as const) {
      const signed = sign(withSignature(responseXml(), element, { signature }), by);
      expect(isVerified(signed, by.certificate)).toEqual([true]);
      expect(xmlsec1Says(signed, 1, by.certificate)).toBe(true);
      const changed = signed.replace("ada@", "eve@");
      expect(isVerified(changed, by.certificate)).toEqual([false]);
    }
  });

  const FORMS = [
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/2006/12/xml-c14n11",
  ];

  it.each(FORMS)("agree on an assertion in %s, with inherited names", (form) => {
    const canonical = `<CanonicalizationMethod Algorithm="${form}"/>`;
    const transform = `<Transform Algorithm="${form}"/>`;
    const outer = responseXml()
      .replace("<samlp:Response ", '<samlp:Response xml:lang="en" xmlns:unused="urn:u" ')
      .replace("<saml:Subject>", '<!-- a --><saml:Subject xml:space="preserve">é&amp;&#13;')
      .replace("<saml:Assertion ", '<saml:Assertion xmlns:xs="http://www.w3.org/2001/XMLSchema" ');
    const signed = sign(withSignature(outer, "Assertion", { canonical, transform }), signer);
    expect(isVerified(signed, signer.certificate)).toEqual([true]);
    expect(xmlsec1Says(signed, 1, signer.certificate)).toBe(true);
  });

  it("agree on a signature of the whole document", () => {
    const whole = template("Response").replace("#_response", "");
    const xml = `<?a b?><!-- c -->${responseXml().replace("</saml:Issuer>", `</saml:Issuer>${whole}`)}<!-- d -->\n<?e?>`;
    const signed = sign(xml, signer);
    expect(xmlsec1Says(signed, 1, signer.certificate)).toBe(true);
    expect(isVerified(signed, signer.certificate)).toEqual([true]);
    expect(isVerified(signed.replace("<?e?>", "<?f?>"), signer.certificate)).toEqual([false]);
  });

  describe.each(["Response", "Assertion", "both"] as const)("on mutants, signed: %s", (which) => {
    const make = (xml: string, by: TestSigner): string => {
      const inner = which === "Response" ? xml : sign(withSignature(xml, "Assertion"), by);
      return which === "Assertion" ? inner : sign(withSignature(inner, "Response"), by);
    };
    const signed = xmlsec1.missing ? "" : make(responseXml(), signer);
    const older = xmlsec1.missing ? "" : make(responseXml().replaceAll("/acs", "/old"), signer);
    const foreign = xmlsec1.missing ? "" : make(responseXml(), makeSigner("rsa"));

    it("agree on each signature", () => {
      let verified = 0;
      let refused = 0;
      const check = ({ apply }: Mutation): void => {
        const mutant = apply(signed);
        const { signatures } = explainResponse(mutant, {
          certificates: signer.certificate,
          now: NOW,
        });
        for (const [place, { by, content }] of signatures.entries()) {
          const isIntact = by === "given" && content === "intact";
          const isRefused = by === "unknown" || content === "changed";
          verified += Number(isIntact);
          refused += Number(isRefused);
          if (!isIntact && !isRefused) continue;
          expect(xmlsec1Says(mutant, place + 1, signer.certificate), mutant).toBe(isIntact);
        }
      };
      fc.assert(fc.property(mutations([older, foreign]), check), { numRuns: RUNS });
      expect(verified).toBeGreaterThan(RUNS / 50);
      expect(refused).toBeGreaterThan(RUNS / 50);
    }, 1_800_000);

    // The rewritings leave only the first signature alone.
    if (which === "both") return;
    it("agree: a signature that reads the same in another form is verified", () => {
      const check = ({ apply }: Mutation): void => {
        const rewritten = apply(signed);
        expect(isVerified(rewritten, signer.certificate), rewritten).not.toContain(false);
      };
      fc.assert(fc.property(harmless, check), { numRuns: Math.ceil(RUNS / 4) });
    }, 900_000);
  });
});
