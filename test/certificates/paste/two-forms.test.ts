import { beforeAll, describe, expect, test } from "vitest";
import { validateCertificate } from "../../../src/certificates/index.ts";
import { createTestCertificate } from "../../../src/testing/certificate.ts";
import { body, columns } from "./parts.ts";

let one = "";
let other = "";

beforeAll(async () => {
  one = (await createTestCertificate({ keyAlgorithm: "RSA-2048" })).pem;
  other = (await createTestCertificate()).pem;
});

const hex = (pem: string): string => Buffer.from(body(pem), "base64").toString("hex");
const wrapped = (pem: string): string => columns(body(pem), 64).join("\n");

const FORMS: Readonly<Record<string, (pem: string) => string>> = {
  PEM: (pem) => pem,
  "PEM in one line": (pem) => pem.replaceAll("\n", " "),
  "PEM with \\n": (pem) => pem.replaceAll("\n", "\\n"),
  "TRUSTED PEM": (pem) => pem.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE"),
  base64: body,
  "wrapped base64": wrapped,
  "base64 of PEM": (pem) => Buffer.from(pem).toString("base64"),
  hex,
  "hex with colons": (pem) => columns(hex(pem), 2).join(":"),
  "rows of hex": (pem) => columns(hex(pem), 64).join("\n"),
  xxd: (pem) =>
    columns(hex(pem), 32)
      .map((row, i) => `${(i * 16).toString(16).padStart(8, "0")}: ${columns(row, 4).join(" ")}`)
      .join("\n"),
  XML: (pem) => `<X509Certificate>\n${wrapped(pem)}\n</X509Certificate>`,
  "CDATA in XML": (pem) => `<X509Certificate><![CDATA[${body(pem)}]]></X509Certificate>`,
  JSON: (pem) => JSON.stringify({ cert: pem }),
  x5c: (pem) => JSON.stringify({ x5c: [body(pem)] }),
  YAML: (pem) => `cert: |\n${pem.replaceAll(/^/gm, "  ")}`,
  "quoted PEM": (pem) => pem.replaceAll(/^/gm, "> "),
  "URL encoding": (pem) => encodeURIComponent(pem),
};
const names = Object.keys(FORMS);

describe("two certificates in two forms are never taken for one", () => {
  test.each(names.flatMap((first) => names.map((second) => [first, second] as const)))(
    "%s and %s",
    (first, second) => {
      for (const between of ["\n", "\n\nand the next one:\n"]) {
        const text = `${FORMS[first]?.(one)}${between}${FORMS[second]?.(other)}`;
        expect(validateCertificate(text, { now: 0 }).certificate).toBeUndefined();
      }
    },
  );

  test("a list of bytes after a dump on its last line is not part of the dump", () => {
    const text = `${FORMS["xxd"]?.(one)} ${FORMS["hex with colons"]?.(other)}`;
    const { certificate, repairs } = validateCertificate(text, { now: 0 });
    const codes = repairs.map(({ code }) => code);
    expect(certificate === undefined || codes.includes("pem.text_after")).toBe(true);
  });
});
