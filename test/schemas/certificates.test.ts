import { describe, expect, test } from "vitest";
import * as z from "zod";
import {
  fieldMessages,
  parseCertificate,
  validateCertificate,
} from "../../src/certificates/index.ts";
import { isSamlCertError } from "../../src/core/errors.ts";
import {
  certificateReportSchema,
  certificateSchema,
  certificateUpload,
  errorSchema,
} from "../../src/schemas/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";

describe("schemas of the certificate layer", () => {
  test("take what the layer gives, after JSON too", async () => {
    const { certificate, pem } = await createTestCertificate({});
    const copy: unknown = JSON.parse(JSON.stringify(certificate));
    expect(certificateSchema.parse(copy)).toEqual(copy);
    for (const input of [pem, "nonsense", pem.replace("MI", "M*")]) {
      const report: unknown = JSON.parse(JSON.stringify(validateCertificate(input)));
      expect(certificateReportSchema.parse(report)).toEqual(report);
    }
  });

  test("an error as JSON is what errorSchema says", () => {
    try {
      parseCertificate("nonsense");
    } catch (error) {
      expect(isSamlCertError(error)).toBe(true);
      expect(errorSchema.safeParse(JSON.parse(JSON.stringify(error))).success).toBe(true);
    }
  });
});

describe("certificateUpload", () => {
  const upload = certificateUpload();

  test("gives the certificate, from text and from bytes", async () => {
    const { certificate, pem } = await createTestCertificate({});
    expect(upload.parse(pem)).toEqual(certificate);
    expect(upload.parse(Buffer.from(certificate.derBase64, "base64"))).toEqual(certificate);
  });

  test("speaks with the words of fieldMessages, and keeps the upload out of its issues", async () => {
    const { pem, privateKeyPem } = await createTestCertificate({});
    const input = `${pem}${privateKeyPem}`;
    const { success, error } = upload.safeParse(input);
    expect(success).toBe(false);
    const said = error?.issues.map(({ message }) => message);
    const wanted = fieldMessages(validateCertificate(input)).filter(
      ({ severity }) => severity === "error",
    );
    expect(said).toEqual(wanted.map(({ text }) => text));
    expect(JSON.stringify(error)).not.toContain(privateKeyPem.split("\n")[1]);
  });

  test("speaks in the same words of what is no text and no bytes, and of a missing field", async () => {
    const { pem, privateKeyPem } = await createTestCertificate({});
    const form = z.object({ certificate: upload });
    const { error: missing } = form.safeParse({});
    expect(missing?.issues[0]?.message).toContain("The input is empty.");
    const wrong = [null, undefined, 42, {}, [pem], [privateKeyPem], new File([pem], "idp.pem")];
    for (const input of [...wrong, new ArrayBuffer(8), new Date(), Promise.resolve(pem)]) {
      const { error } = upload.safeParse(input);
      const words = fieldMessages(validateCertificate(input as string)).map(({ text }) => text);
      expect(error?.issues.map(({ message }) => message)).toEqual(words);
      expect(JSON.stringify(error)).not.toContain(privateKeyPem.split("\n")[1]);
    }
  });

  test("is a Standard Schema", async () => {
    const { pem, certificate } = await createTestCertificate({});
    const { version, validate } = upload["~standard"];
    expect(version).toBe(1);
    expect(await validate(pem)).toMatchObject({ value: certificate });
    expect((await validate("nonsense")).issues?.length).toBeGreaterThan(0);
    expect((await validate(42)).issues?.length).toBeGreaterThan(0);
  });

  test("gives the warnings of an accepted upload with warnings: true, in zod and as a Standard Schema", async () => {
    const soon = Math.floor(Date.now() / 1000) + 5 * 86_400;
    const { pem, certificate } = await createTestCertificate({ notAfter: soon });
    const wanted = fieldMessages(validateCertificate(pem)).filter(
      ({ severity }) => severity === "warning",
    );
    expect(wanted.map(({ code }) => code)).toEqual(["validity.expires_soon"]);
    const warned = certificateUpload({ warnings: true });
    const form = z.object({ upload: warned });
    expect(form.parse({ upload: pem })).toEqual({ upload: { certificate, warnings: wanted } });
    const answer = await warned["~standard"].validate(pem);
    expect(answer).toMatchObject({ value: { certificate, warnings: wanted } });
    expect(warned.safeParse("nonsense").error?.issues).toEqual(
      upload.safeParse("nonsense").error?.issues,
    );
    const { pem: lasting } = await createTestCertificate({});
    expect(warned.parse(lasting).warnings).toEqual([]);
  });

  test("judges by the clock of each upload, or by the time that it is given", async () => {
    const { pem } = await createTestCertificate({});
    const later = certificateUpload({ now: new Date("2090-01-01T00:00:00Z") });
    expect(later.safeParse(pem).success).toBe(false);
    const form = z.object({ certificate: upload });
    expect(form.safeParse({ certificate: pem }).success).toBe(true);
  });
});
