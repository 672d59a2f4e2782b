import { beforeAll, describe, test } from "vitest";
import { createTestCertificate } from "../../../src/testing/certificate.ts";
import { expectRepaired } from "../support/repaired.ts";
import { CONFIG } from "./config.ts";
import { MAIL } from "./mail.ts";
import { SOURCES } from "./sources.ts";
import { TERMINAL } from "./terminal.ts";
import { TRANSPORT } from "./transport.ts";
import { TYPOGRAPHY } from "./typography.ts";

const pems: string[] = [];

beforeAll(async () => {
  // Each of the three paddings, and a key of the usual kind.
  for (const CN of ["idp", "idp.", "idp.e"]) {
    pems.push((await createTestCertificate({ subject: { CN } })).pem);
  }
  pems.push((await createTestCertificate({ keyAlgorithm: "RSA-2048" })).pem);
});

describe.each([
  ["mail, chat and tickets", MAIL],
  ["typography and documents", TYPOGRAPHY],
  ["terminals", TERMINAL],
  ["configuration", CONFIG],
  ["source code", SOURCES],
  ["what is sent", TRANSPORT],
] as const)("a certificate is read out of %s", (_, manglings) => {
  test.each(manglings.map((mangling) => [mangling.name, mangling] as const))("%s", (_, mangling) =>
    expectRepaired(pems, mangling),
  );
});
