/** Makes `fixtures/demo/`: see fixtures/README.md. Run it again when the certificates grow old. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load, root } from "./load.mjs";

const { createTestCertificate } = await load("src/testing/certificate.ts");
const folder = join(root, "fixtures", "demo");
mkdirSync(folder, { recursive: true });

const seconds = (text) => Date.parse(text) / 1000;
const current = await createTestCertificate({
  subject: { C: "US", O: "Example", CN: "Example Identity Provider" },
  notBefore: seconds("2024-02-01T09:00:00Z"),
  notAfter: seconds("2034-01-29T09:00:00Z"),
  keyAlgorithm: "RSA-2048",
});
const next = await createTestCertificate({
  subject: { C: "US", O: "Example", CN: "Example Identity Provider" },
  notBefore: seconds("2026-10-01T09:00:00Z"),
  notAfter: seconds("2036-09-28T09:00:00Z"),
  keyAlgorithm: "RSA-2048",
});

const write = (name, text) => writeFileSync(join(folder, name), text);
write("current.pem", current.pem);
// As a mail program leaves it: a greeting, quoted lines, CRLF.
const quoted = current.pem
  .trimEnd()
  .split("\n")
  .map((line) => `> ${line}`);
write("pasted.txt", ["Hi, here is our new signing certificate:", "", ...quoted, ""].join("\r\n"));
write("next.pem", next.pem);
write("with-private-key.pem", `${next.pem}${next.privateKeyPem}`);
