import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAML } from "@node-saml/node-saml";
import { afterAll, describe, expect, it } from "vitest";
import { explainResponse } from "../../../src/signature/index.ts";
import { createTestCertificate, type TestCertificate } from "../../../src/testing/index.ts";
import { type Mutation, mutations } from "../../metadata/support/mutants.ts";
import { formAfter, openBrowser } from "../../signins/browser.ts";
import {
  type IdentityProvider,
  type IdpStart,
  ours,
  samlp,
  simpleSamlPhp,
} from "../../signins/identity-providers.ts";
import { SP } from "../../signins/service-providers.ts";
import { requirePeer } from "../../support/peers.ts";
import { fc } from "../../support/property.ts";
import { requireFile, requireProgram } from "../../support/require.ts";
import { xmlsec1Says } from "./xmlsec1.ts";

const ENTITY = "https://idp.example.com/metadata";
const RUNS = Number(process.env["SAMLCERT_MUTANTS"] ?? 120);

const xmlsec1 = requireProgram("xmlsec1");
const peers = requirePeer("samlp");
const php = requireProgram("php", ["-v"]);
const simple = requireFile("/usr/share/simplesamlphp/www/index.php");

const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

async function started(start: (options: IdpStart) => Promise<IdentityProvider>) {
  const make = (CN: string): Promise<TestCertificate> =>
    createTestCertificate({ subject: { CN }, keyAlgorithm: "RSA-2048" });
  const certificates = [await make("current"), await make("next")] as const;
  const folder = mkdtempSync(join(tmpdir(), "samlcert-peers-"));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const options = { entityId: ENTITY, certificates, serviceProviders: [SP], folder };
  const idp = await start(options);
  ends.push(() => idp.close());
  return { idp, certificates };
}

/** The form that the identity provider's page posts, for a request of node-saml. */
async function responseOf({ signInUrl: entryPoint }: IdentityProvider): Promise<string> {
  const names = { issuer: SP.entityId, callbackUrl: SP.acsUrl, idpCert: "A".repeat(64) };
  const saml = new SAML({ ...names, entryPoint });
  const url = await saml.getAuthorizeUrlAsync("", undefined, {});
  const browse = openBrowser();
  return (await formAfter(browse, await browse(url)))["SAMLResponse"] ?? "";
}

const IDPS: readonly (readonly [string, typeof ours | typeof samlp, boolean])[] = [
  ["the fake of samlcert/testing", ours, xmlsec1.missing],
  ["samlp", samlp, xmlsec1.missing || peers.missing],
  ["SimpleSAMLphp", simpleSamlPhp, xmlsec1.missing || php.missing || simple.missing],
];

describe.each(IDPS)("the Responses of %s", (_, start, missing) => {
  it.skipIf(missing)(
    "are explained, also after a change of keys, as xmlsec1 verifies them",
    async () => {
      const { idp, certificates } = await started(start);
      for (const [place, certificate] of certificates.entries()) {
        idp.signWith(certificate);
        const response = await responseOf(idp);
        const trusted = certificates.map(({ pem }) => pem);
        const names = { audience: SP.entityId, recipient: SP.acsUrl };
        const report = explainResponse(response, { certificates: trusted, ...names });
        expect(report.signatures.length).toBeGreaterThan(0);
        expect(report.message?.issuer).toBe(ENTITY);
        expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
        const xml = Buffer.from(response, "base64").toString();
        for (const [index, signature] of report.signatures.entries()) {
          expect(signature).toMatchObject({ by: "given", content: "intact", position: place + 1 });
          expect(signature.signedBy?.certificate).toEqual(certificate.certificate);
          expect(xmlsec1Says(xml, index + 1, certificate.pem)).toBe(true);
        }
      }
    },
    120_000,
  );

  it.skipIf(missing)(
    "are judged as xmlsec1 judges them, if they are changed",
    async () => {
      const { idp, certificates } = await started(start);
      const [{ pem }] = certificates;
      const xml = Buffer.from(await responseOf(idp), "base64").toString();
      const older = Buffer.from(await responseOf(idp), "base64").toString();
      let judged = 0;
      const check = ({ apply }: Mutation): void => {
        const mutant = apply(xml);
        const { signatures } = explainResponse(mutant, { certificates: pem });
        for (const [place, { by, content }] of signatures.entries()) {
          const isIntact = by === "given" && content === "intact";
          if (!isIntact && by !== "unknown" && content !== "changed") continue;
          judged += 1;
          expect(xmlsec1Says(mutant, place + 1, pem), mutant).toBe(isIntact);
        }
      };
      fc.assert(fc.property(mutations([older]), check), { numRuns: RUNS });
      expect(judged).toBeGreaterThan(RUNS / 10);
    },
    1_800_000,
  );
});
