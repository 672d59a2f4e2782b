import { spawnSync } from "node:child_process";
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readPrivateKey } from "../../src/keys/index.ts";
import { inFolder, makeSigner } from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const isDeno = "Deno" in globalThis;
const passphrase = "correct horse";
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;

const pem = (key: KeyObject, type: "pkcs8" | "pkcs1" | "sec1" = "pkcs8"): string =>
  key.export({ type: type as "pkcs8", format: "pem" }).toString();
const der = (key: KeyObject, type: "pkcs8" | "pkcs1" | "sec1" = "pkcs8"): Buffer =>
  key.export({ type: type as "pkcs8", format: "der" });
const locked = { type: "pkcs8", cipher: "aes-256-cbc", passphrase } as const;
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const lines = (text: string): Buffer => Buffer.from(text.replaceAll(/.{76}/g, "$&\r\n"));
const traditional = rsa
  .export({ type: "pkcs1", format: "pem", cipher: "aes-128-cbc", passphrase })
  .toString();

function sameKey(a: KeyObject, b: KeyObject): boolean {
  return createPublicKey(a).equals(createPublicKey(b));
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return "read";
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

describe("readPrivateKey", () => {
  it.each([
    ["PKCS #8", rsa, pem(rsa)],
    ["PKCS #1", rsa, pem(rsa, "pkcs1")],
    ["SEC 1", ec, pem(ec, "sec1")],
    ["PEM as bytes", ec, Buffer.from(pem(ec))],
    ["PEM with CRLF", rsa, pem(rsa).replaceAll("\n", "\r\n")],
    ["PEM with \\n written out", rsa, pem(rsa).replaceAll("\n", "\\n")],
    ["PEM with \\r\\n written out, in quotes", rsa, `"${pem(rsa).replaceAll("\n", "\\r\\n")}"`],
    ["PEM in one line", rsa, pem(rsa).replaceAll("\n", " ")],
    ["PEM without line breaks", ec, pem(ec, "sec1").replaceAll("\n", "")],
    ["PEM after a certificate and a comment", rsa, `# key\n-----BEGIN X-----\n${pem(rsa)}`],
    ["DER, PKCS #8", rsa, der(rsa)],
    ["DER, PKCS #1", rsa, der(rsa, "pkcs1")],
    ["DER, SEC 1", ec, der(ec, "sec1")],
    ["base64 of DER", ec, der(ec).toString("base64")],
    ["base64 of DER, as bytes", ec, Buffer.from(der(ec).toString("base64"))],
    ["base64url of DER", ec, der(ec).toString("base64url")],
    ["base64 of PEM", rsa, Buffer.from(pem(rsa)).toString("base64")],
    ["base64 of PEM, as bytes in lines", ec, lines(Buffer.from(pem(ec)).toString("base64"))],
    ["base64 of base64 of PEM", ec, base64(base64(pem(ec)))],
    ["a data URL", ec, `data:application/x-pem-file;base64,${base64(pem(ec))}`],
    ["quoted base64", ec, `"${base64(pem(ec))}"`],
    ["UTF-16 with a mark", rsa, Buffer.from(`\ufeff${pem(rsa)}`, "utf16le")],
    ["UTF-16 without a mark", ec, Buffer.from(pem(ec), "utf16le")],
    ["big-endian UTF-16", ec, Buffer.from(`\ufeff${pem(ec)}`, "utf16le").swap16()],
    ["UTF-16 as text", ec, Buffer.from(pem(ec), "utf16le").toString("latin1")],
    ["base64 of UTF-16", ec, Buffer.from(pem(ec), "utf16le").toString("base64")],
    ["PEM with a byte order mark", ec, Buffer.from(`\ufeff${pem(ec)}`)],
    ["the same key twice", rsa, pem(rsa) + pem(rsa, "pkcs1")],
    ["JSON with a PEM member", rsa, JSON.stringify({ private_key: pem(rsa) })],
  ] as const)("reads %s", (_, key, input) => {
    expect(sameKey(readPrivateKey(input), key)).toBe(true);
  });

  it.each([
    ["PKCS #8", rsa, rsa.export({ ...locked, format: "pem" }).toString()],
    [
      "PKCS #8 in one line",
      ec,
      ec
        .export({ ...locked, format: "pem" })
        .toString()
        .replaceAll("\n", " "),
    ],
    ["PKCS #8, DER", rsa, rsa.export({ ...locked, format: "der" })],
    ["traditional PEM", rsa, traditional],
    ["traditional PEM with \\n written out", rsa, traditional.replaceAll("\n", "\\n")],
  ] as const)("reads an encrypted key with its passphrase: %s", (_, key, input) => {
    expect(sameKey(readPrivateKey(input, { passphrase }), key)).toBe(true);
    expect(codeOf(() => readPrivateKey(input))).toBe("keys.encrypted");
    expect(codeOf(() => readPrivateKey(input, { passphrase: "wrong" }))).toBe("keys.passphrase");
  });

  it.skipIf(openssl.missing)(`reads PKCS #12 as OpenSSL writes it${openssl.note}`, () => {
    const { privateKey, certificate } = makeSigner("rsa");
    for (const options of [
      [],
      ["-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"],
      ["-keypbe", "AES-128-CBC", "-certpbe", "NONE"],
      ["-keypbe", "NONE", "-certpbe", "NONE", "-nomac"],
    ]) {
      const p12 = inFolder((folder) => {
        const [key, crt, out] = ["key", "crt", "p12"].map((name) => join(folder, name)) as [
          string,
          string,
          string,
        ];
        writeFileSync(key, privateKey);
        writeFileSync(crt, certificate);
        const args = ["-export", "-inkey", key, "-in", crt, "-out", out, "-passout"];
        const { status, stderr } = spawnSync(
          "openssl",
          ["pkcs12", ...args, `pass:${passphrase}`, ...options],
          { encoding: "utf8" },
        );
        if (status !== 0) throw new Error(stderr);
        return readFileSync(out);
      });
      if (isDeno && options.includes("PBE-SHA1-3DES")) {
        expect(codeOf(() => readPrivateKey(p12, { passphrase }))).toBe("keys.cipher");
        continue;
      }
      expect(sameKey(readPrivateKey(p12, { passphrase }), createPrivateKey(privateKey))).toBe(true);
      const isOpen = options.includes("-nomac");
      expect(codeOf(() => readPrivateKey(p12))).toBe(isOpen ? "read" : "keys.encrypted");
      expect(codeOf(() => readPrivateKey(p12, { passphrase: "wrong" }))).toBe(
        isOpen ? "read" : "keys.passphrase",
      );
    }
  });

  it.each([
    ["", "not a private key"],
    ["hello", "not a private key"],
    [Buffer.from([0x30, 0x03, 0x02, 0x01, 0x00]), "not a private key"],
    [pem(rsa).replace("MII", "*II"), "damaged or of an unknown type"],
    [pem(rsa).slice(0, 300), "damaged or of an unknown type"],
    [
      "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----",
      "an OpenSSH key",
    ],
    ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "a certificate"],
    [createPublicKey(rsa).export({ type: "spki", format: "pem" }).toString(), "a public key"],
    [Buffer.from("feedfeed00000002", "hex"), "a Java keystore"],
    [Buffer.from("feedfeed00000002", "hex").toString("base64"), "a Java keystore"],
    [Buffer.from("cececece00000002", "hex"), "a Java keystore"],
    [createPublicKey(rsa).export({ type: "spki", format: "der" }), "a public key"],
    [
      base64(createPublicKey(rsa).export({ type: "spki", format: "pem" }).toString()),
      "a public key",
    ],
    ['{"kty":"RSA"}', "JSON"],
  ])("refuses another format and names it: %j", (input, format) => {
    expect(() => readPrivateKey(input)).toThrow(
      expect.objectContaining({
        code: "keys.unreadable",
        message: `The private key cannot be read: it is ${format}.`,
      }),
    );
  });

  it.each([
    ["two PEM blocks", pem(rsa) + pem(ec), 2],
    ["three PEM blocks, the same one twice", pem(rsa) + pem(rsa) + pem(ec), 3],
    ["a second block that is cut", pem(rsa) + pem(ec).slice(0, 90), 2],
    ["a first block that is cut", pem(ec).slice(0, 90) + pem(rsa), 2],
    ["a second block that is damaged", pem(rsa) + pem(ec).replace("MI", "*I"), 2],
    ["an OpenSSH block next to PKCS #8", `${pem(rsa)}-----BEGIN OPENSSH PRIVATE KEY-----\nAA`, 2],
    ["an encrypted block next to an unencrypted one", pem(rsa) + traditional, 2],
    ["DER after DER", Buffer.concat([der(rsa), der(ec, "sec1")]), 2],
    ["base64 of two blocks", base64(pem(ec) + pem(rsa)), 2],
    ["two blocks in JSON", JSON.stringify([pem(ec), pem(rsa)]), 2],
  ])("refuses several keys: %s", (_, input, count) => {
    expect(() => readPrivateKey(input)).toThrow(
      expect.objectContaining({
        code: "keys.several",
        message: `The file contains ${count} private keys.`,
      }),
    );
  });

  it.each([
    ["DER", Buffer.concat([der(rsa), Buffer.from("hello")])],
    [
      "PEM",
      pem(ec).replace(/([A-Za-z0-9+/=]+)\n-----END/, (_, last) => {
        const more = Buffer.concat([Buffer.from(last, "base64"), Buffer.from("hello")]);
        return `${more.toString("base64")}\n-----END`;
      }),
    ],
  ])("refuses bytes after the key: %s", (_, input) => {
    expect(() => readPrivateKey(input)).toThrow(
      expect.objectContaining({ code: "keys.unreadable" }),
    );
  });

  it.skipIf(openssl.missing).each([
    ["-v1", "PBE-SHA1-RC2-40"],
    ["-v1", "PBE-MD5-DES"],
    ["-v1", "PBE-SHA1-DES"],
    ["-v1", "PBE-SHA1-RC2-64"],
    ["-v2", "des"],
  ])(`names a cipher that is not supported${openssl.note}: %s %s`, (version, cipher) => {
    const options = [version, cipher, "-passout", `pass:${passphrase}`];
    const legacy = ["-provider", "legacy", "-provider", "default"];
    const { stdout } = spawnSync("openssl", ["pkcs8", "-topk8", ...options, ...legacy], {
      input: pem(ec),
      encoding: "utf8",
    });
    expect(stdout).toContain("BEGIN ENCRYPTED");
    expect(codeOf(() => readPrivateKey(stdout))).toBe("keys.encrypted");
    const isReadable = "Bun" in globalThis && cipher === "PBE-SHA1-RC2-40";
    expect(codeOf(() => readPrivateKey(stdout, { passphrase }))).toBe(
      isReadable ? "read" : "keys.cipher",
    );
  });

  it("never quotes the key", () => {
    const secret = pem(rsa).slice(60, 100);
    for (const input of [pem(rsa).replace("MII", "*II"), pem(rsa).slice(0, 400)]) {
      try {
        readPrivateKey(input);
        expect.unreachable();
      } catch (error) {
        const { stack, cause } = error as Error;
        expect(`${JSON.stringify(error)} ${stack} ${String(cause)}`).not.toContain(secret);
      }
    }
  });

  it.each([undefined, null, 1, {}])("refuses %s, which is not a key", (input) => {
    expect(() => readPrivateKey(input as never)).toThrow("privateKey must be a string");
  });
});
