import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { validateCertificate } from "../../src/certificates/index.ts";
import type { Certificate } from "../../src/certificates/types.ts";
import { structures } from "./support/structures.ts";

/** The reading of the runtime's OpenSSL; undefined if it refuses. */
function peerOf(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

/** `Nov 21 23:15:11 2026 GMT` of a time; `Date` would read the years 0 to 99 as others. */
function opensslTime({ iso }: Certificate["notBefore"]): string {
  const [year = "", month = "", day = ""] = iso.slice(0, 10).split("-");
  const name = new Date(`2000-${month}-01T00:00:00Z`).toUTCString().slice(8, 11);
  return `${name} ${day.replace(/^0/, " ")} ${iso.slice(11, 19)} ${year.replace(/^0+(?=\d)/, "")} GMT`;
}

/** With these the runtime writes some bytes anew before it hashes them. */
const REWRITTEN = ["der.non_minimal_length", "der.unused_bits"];

test("a structure that OpenSSL refuses is an error; both read the others alike", () => {
  const all = structures();
  let [compared, refused] = [0, 0];
  for (const [what, der] of all) {
    const { certificate, findings } = validateCertificate(der, { now: 1_800_000_000 });
    const errors = findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
    const peer = peerOf(der);
    if (peer === undefined) {
      expect(errors, what).not.toEqual([]);
      refused++;
    }
    if (peer === undefined || certificate === undefined) continue;
    const times = [opensslTime(certificate.notBefore), opensslTime(certificate.notAfter)];
    expect(
      [peer.validFrom, peer.validTo].map((time) => time.replace(/ 0+(?=\d+ GMT)/, " ")),
      what,
    ).toEqual(times);
    if (!errors.some((code) => REWRITTEN.includes(code))) {
      const sha256 = peer.fingerprint256.replaceAll(":", "").toLowerCase();
      expect(certificate.fingerprint.sha256, what).toBe(sha256);
    }
    compared++;
  }
  expect(all.length).toBeGreaterThan(1200);
  expect(compared).toBeGreaterThan(400);
  expect(refused).toBeGreaterThan(150);
}, 30_000);
