import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifyMetadata } from "../../src/signature/index.ts";
import { xmlsec1Verifies } from "../metadata/support/signing.ts";
import { corpusFolder, requireCorpus, requireProgram, rowsFrom } from "../support/require.ts";
import { stricter } from "./stricter.ts";

const corpus = requireCorpus("saml", "documents");
const xmlsec1 = requireProgram("xmlsec1");

/** The certificate that a document names as its signer's, which only this test believes. */
function namedSigner(xml: string): string | undefined {
  const [, base64] =
    /<(?:\w+:)?Signature[\s>][\s\S]*?<(?:\w+:)?X509Certificate[^>]*>([^<]+)</.exec(xml) ?? [];
  const lines = base64?.replace(/\s/g, "").match(/.{1,64}/g);
  return lines
    ? `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`
    : undefined;
}

describe.skipIf(corpus.missing || xmlsec1.missing)(
  `signed real documents${corpus.note}${xmlsec1.note}`,
  () => {
    const folder = join(corpusFolder, "saml/documents");
    const signed = rowsFrom(corpus, () =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".xml"))
        .map((name) => [name, namedSigner(readFileSync(join(folder, name), "utf8")) ?? ""] as const)
        .filter(([, signer]) => signer !== ""),
    );

    it.each(signed)("verifyMetadata agrees with xmlsec1 on %s", (name, signer) => {
      const octets = readFileSync(join(folder, name));
      let code = "verified";
      try {
        verifyMetadata(octets, {
          trust: { certificates: [signer] },
          now: 0,
          allowEmptyReference: true,
          unsafe: { sha1: true, shortRsaKeys: true },
        });
      } catch (error) {
        code = (error as { code?: string }).code ?? String(error);
      }
      const verdict = xmlsec1Verifies(octets, signer);
      if (!verdict) expect(code).not.toBe("verified");
      else expect(["verified", ...stricter.map((reason) => reason.code)]).toContain(code);
    });
  },
);
