import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parseCertificate, validateCertificate } from "../../src/certificates/index.ts";
import {
  acceptUnverified,
  buildIdentityProviderMetadata,
  buildServiceProviderMetadata,
  parseMetadata,
  signingCertificates,
} from "../../src/metadata/index.ts";
import { createTestCertificate, type TestCertificate } from "../../src/testing/index.ts";
import { inFolder } from "../support/cli.ts";
import { requireProgram } from "../support/require.ts";
import { root } from "./support/pages.ts";

/**
 * The cells of docs/comparison.md that are marked with a check, in the order of its tables. Those of
 * better-auth and saml-jackson are in test/adapters.
 */

const require = createRequire(import.meta.url);
const acs = "https://sp.example.com/acs";
const HOSTILE = "javascript:alert(1)";

let keys: readonly [TestCertificate, TestCertificate];
let document = "";
let aggregate = "";
let foreign = "";

beforeAll(async () => {
  const make = () => createTestCertificate({ keyAlgorithm: "RSA-2048" });
  keys = [await make(), await make()];
  const entity = (name: string, ...certificates: readonly TestCertificate[]): string =>
    buildIdentityProviderMetadata({
      entityId: `https://${name}.example.com`,
      singleSignOnServices: [`https://${name}.example.com/sso`],
      signingCertificates: certificates.map(({ pem }) => pem),
    });
  document = entity("a", ...keys);
  const members = [document, entity("b", keys[1])].map((xml) => xml.replace(/<\?xml[^>]*>/, ""));
  aggregate = `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${members.join("")}</md:EntitiesDescriptor>`;
  foreign = document.replaceAll("urn:oasis:names:tc:SAML:2.0:metadata", "urn:example:other");
});

test("docs/comparison.md has the versions of the packages that ran", () => {
  const page = readFileSync(join(root, "docs/comparison.md"), "utf8");
  const named = [...page.matchAll(/([@/a-z0-9-]+)\s(\d+\.\d+\.\d+)[,\s]/g)];
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { version: string }>;
  };
  const ran = named.flatMap(([, name, version]) => {
    const found = lock.packages[`node_modules/${name}`];
    return found === undefined ? [] : [[name, version, found.version]];
  });
  expect(ran).toHaveLength(5);
  for (const [name, version, locked] of ran) expect([name, version]).toEqual([name, locked]);
  const peers = JSON.parse(readFileSync(join(root, "test/peers/package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const signIn = named.filter(([, name = ""]) => Object.hasOwn(peers.dependencies, name));
  expect(signIn.map(([, name]) => name)).toEqual(["@better-auth/sso", "@boxyhq/saml-jackson"]);
  for (const [, name = "", version] of signIn) expect(version).toBe(peers.dependencies[name]);
});

describe("samlcert", () => {
  test("metadata", () => {
    expect(() =>
      buildServiceProviderMetadata({
        entityId: "https://sp.example.com",
        assertionConsumerServices: [HOSTILE],
      }),
    ).toThrow(expect.objectContaining({ code: "metadata.build.value" }));
    expect(parseMetadata(aggregate).entities).toHaveLength(2);
    const [first] = parseMetadata(document).entities;
    expect(first?.roles?.[0]?.keyDescriptors).toHaveLength(2);
    expect(() => parseMetadata(foreign)).toThrow(
      expect.objectContaining({ code: "metadata.root" }),
    );
    const [member] = parseMetadata(aggregate).entities.map(acceptUnverified);
    const fingerprints = keys.map(({ certificate }) => certificate.fingerprint.sha256);
    const signing = member && signingCertificates(member, "IDPSSODescriptor");
    expect(signing?.map(({ fingerprint }) => fingerprint.sha256)).toEqual(fingerprints);
  });

  test("certificates", () => {
    const [{ pem, privateKeyPem, certificate }] = keys;
    const codes = (input: string | Uint8Array): string[] =>
      validateCertificate(input).findings.map(({ code }) => code);
    expect(codes(privateKeyPem)[0]).toContain("private_key");
    expect(validateCertificate(JSON.stringify(pem)).certificate).toEqual(certificate);
    expect(validateCertificate(pem.replace("MII", "M*I")).findings[0]?.at?.line).toBe(2);
    const der = Buffer.from(certificate.derBase64, "base64");
    expect(() => parseCertificate(Buffer.concat([der, Buffer.from([0])]))).toThrow(
      expect.objectContaining({ code: "der.trailing_data" }),
    );
  });
});

describe("@node-saml/node-saml", () => {
  const peer = require("@node-saml/node-saml");
  const write = (options: object): string =>
    peer.generateServiceProviderMetadata({
      ...{ issuer: "https://sp.example.com", callbackUrl: acs, identifierFormat: null },
      ...{ wantAssertionsSigned: true, ...options },
    });

  test("it writes javascript: as an endpoint", () => {
    expect(write({ callbackUrl: HOSTILE })).toContain(HOSTILE);
  });

  test("it writes two signing keys", () => {
    const [{ privateKeyPem }] = keys;
    const xml = write({ privateKey: privateKeyPem, publicCerts: keys.map(({ pem }) => pem) });
    expect(xml.match(/<ds:X509Certificate>/g)).toHaveLength(2);
  });

  test("it has no function to read metadata", () => {
    expect(Object.keys(peer).filter((name) => /parse|read/i.test(name))).toEqual([]);
  });
});

describe("samlify", () => {
  const peer = require("samlify");
  const write = (location: string): string =>
    peer
      .ServiceProvider({
        entityID: "https://sp.example.com",
        nameIDFormat: ["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"],
        assertionConsumerService: [
          { Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", Location: location },
        ],
        singleLogoutService: [
          { Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", Location: `${acs}/slo` },
        ],
      })
      .getMetadata();

  test("writes NameIDFormat before SingleLogoutService, which the schema forbids", () => {
    const xml = write(acs);
    expect(xml.indexOf("<NameIDFormat")).toBeLessThan(xml.indexOf("<SingleLogoutService"));
  });

  test("it writes javascript: as an endpoint", () => {
    expect(write(HOSTILE)).toContain(HOSTILE);
  });

  test("it returns every certificate, ignores namespaces, and reads no aggregate", () => {
    const idp = (metadata: string) => peer.IdentityProvider({ metadata }).entityMeta;
    expect(idp(document).getX509Certificate("signing")).toHaveLength(2);
    expect(idp(foreign).getEntityID()).toBe("https://a.example.com");
    expect(idp(aggregate).getEntityID()).toBeUndefined();
  });
});

describe("@boxyhq/saml20", () => {
  const module = require("@boxyhq/saml20");
  const peer = module.default ?? module;

  test("it joins the certificates, ignores namespaces, and reads no aggregate", async () => {
    expect((await peer.parseMetadata(document, {})).publicKey.split(",")).toHaveLength(2);
    expect((await peer.parseMetadata(foreign, {})).entityID).toBe("https://a.example.com");
    await expect(peer.parseMetadata(aggregate, {})).rejects.toThrow();
  });

  test("it writes javascript: as an endpoint", () => {
    const xml = peer.createSPMetadataXML({
      ...{ entityId: "https://sp.example.com", acsUrl: HOSTILE, encryption: false },
      publicKeyString: keys[0].certificate.derBase64,
    });
    expect(xml).toContain(HOSTILE);
  });
});

describe("passport-saml-metadata", () => {
  const { MetadataReader } = require("passport-saml-metadata");

  test("it returns every certificate, and mixes those of all entities of an aggregate", () => {
    expect(new MetadataReader(document).signingCerts).toHaveLength(2);
    const mixed = new MetadataReader(aggregate);
    expect(mixed.signingCerts).toHaveLength(3);
    expect(mixed.entityId).toBe("https://a.example.com");
  });

  test("it respects namespaces", () => {
    expect(new MetadataReader(foreign).entityId).toBeUndefined();
  });
});

/** The output of a peer in another language: one fact per line. */
function facts(program: string, args: readonly string[], input: object): Record<string, unknown> {
  const { stdout, stderr } = spawnSync(program, args, {
    input: JSON.stringify(input),
    encoding: "utf8",
    timeout: 60_000,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** The facts in the table about both pysaml2 and ruby-saml. */
const EXPECTED = {
  order: true,
  hostile: true,
  signing: 2,
  foreign: 0,
  aggregate: ["https://a.example.com", "https://b.example.com"],
};
const peers = join(import.meta.dirname, "peers");

const python = requireProgram("/usr/bin/python3", ["-c", "import saml2"]);
describe.skipIf(python.missing)(`pysaml2${python.note}`, () => {
  test("it writes in the schema's order, writes javascript:, and reads as the table says", () => {
    const input = { document, aggregate, foreign, acs, hostile: HOSTILE };
    expect(facts("/usr/bin/python3", [join(peers, "pysaml2.py")], input)).toEqual(EXPECTED);
  });
});

const has = (program: string, args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: "ignore" }).status === 0;

// Debian's ruby-saml and shibboleth-sp-utils are not asked for by the suite: they are tried where they
// are, and not counted as skipped where they are not.
const hasRuby = has("ruby", ["-e", 'require "onelogin/ruby-saml"']);
describe.each(hasRuby ? ["ruby-saml"] : [])("%s", () => {
  test("it writes in the schema's order, writes javascript:, and reads as the table says", () => {
    const input = { document, aggregate, foreign, acs, hostile: HOSTILE };
    expect(facts("ruby", [join(peers, "ruby_saml.rb")], input)).toEqual(EXPECTED);
  });
});

const hasMetagen = has("sh", ["-c", "command -v shib-metagen"]);
describe.each(hasMetagen ? ["Shibboleth's shib-metagen"] : [])("%s", () => {
  /** Its files by name, for its script takes no path with a space. */
  const write = (host: string, cwd: string, files: readonly string[]): string =>
    spawnSync("shib-metagen", ["-2", "-L", ...files.flatMap((file) => ["-c", file]), "-h", host], {
      cwd,
      encoding: "utf8",
    }).stdout;

  test("it writes in the schema's order, two keys, only https, and escapes nothing", async () => {
    await inFolder(async (folder) => {
      const files = keys.map(({ pem }, place) => {
        writeFileSync(join(folder, `${place}.pem`), pem);
        return `${place}.pem`;
      });
      const xml = write("sp.example.com", folder, files);
      expect(xml.match(/<ds:X509Certificate>/g)).toHaveLength(2);
      expect(xml.indexOf("<md:SingleLogoutService")).toBeGreaterThan(0);
      expect(xml.indexOf("<md:SingleLogoutService")).toBeLessThan(
        xml.indexOf("<md:AssertionConsumerService"),
      );
      const locations = [...xml.matchAll(/ Location="([^:]*):/g)].map(([, scheme]) => scheme);
      expect(new Set(locations)).toEqual(new Set(["https"]));
      expect(write('a"/><x a="', folder, files)).toContain("<x a=");
    });
  });
});

const openssl = requireProgram("openssl", ["version"]);
describe.skipIf(openssl.missing)(`OpenSSL${openssl.note}`, () => {
  const read = (input: string | Buffer, ...args: readonly string[]) =>
    spawnSync("openssl", ["x509", "-noout", "-fingerprint", ...args], { input, encoding: "utf8" });

  test("it reports every other input as unreadable and repairs nothing", () => {
    const [{ pem, privateKeyPem }] = keys;
    for (const input of [privateKeyPem, "nothing", JSON.stringify(pem)]) {
      const { status, stderr } = read(input);
      expect(status).not.toBe(0);
      expect(stderr).toContain("Could not read certificate");
    }
  });

  test("it accepts a trailing byte", () => {
    const der = Buffer.from(keys[0].certificate.derBase64, "base64");
    expect(read(Buffer.concat([der, Buffer.from([0])]), "-inform", "DER").status).toBe(0);
  });
});

describe("node:crypto and @peculiar/x509", () => {
  test("node:crypto answers with an OpenSSL code, repairs nothing, and accepts a trailing byte", () => {
    const [{ pem, privateKeyPem, certificate }] = keys;
    for (const input of [privateKeyPem, "nothing", JSON.stringify(pem)]) {
      expect(() => new X509Certificate(input)).toThrow(/PEM routines|asn1|DECODER/i);
    }
    const der = Buffer.from(certificate.derBase64, "base64");
    expect(new X509Certificate(Buffer.concat([der, Buffer.from([0])])).fingerprint256).not.toBe("");
  });

  test("@peculiar/x509 reads bare base64 and repairs nothing else", async () => {
    await import("reflect-metadata");
    const { X509Certificate: Peculiar } = await import("@peculiar/x509");
    const [{ pem, certificate }] = keys;
    expect(new Peculiar(certificate.derBase64).subject).toBe(certificate.subject.text);
    const mail = pem.replaceAll(/^/gm, "> ");
    for (const input of [mail, JSON.stringify(pem), pem.replaceAll("\n", " ")]) {
      expect(() => new Peculiar(input)).toThrow("Unsupported format");
    }
  });

  test("node:crypto reads hostile PEM in linear time", () => {
    // A count of steps cannot be had from outside; a megabyte that were quadratic would take minutes.
    for (const hostile of ["a: b\n", "-----BEGIN CERTIFICATE-----\n", "=", "A"]) {
      const text = `-----BEGIN CERTIFICATE-----\n${hostile.repeat(1_000_000 / hostile.length)}`;
      expect(() => new X509Certificate(text)).toThrow();
    }
  });

  test("@peculiar/x509 includes a trailing byte in the fingerprint", async () => {
    await import("reflect-metadata");
    const { X509Certificate: Peculiar } = await import("@peculiar/x509");
    const der = Buffer.from(keys[0].certificate.derBase64, "base64");
    const long = new Peculiar(new Uint8Array(Buffer.concat([der, Buffer.from([0])])));
    const print = Buffer.from(await long.getThumbprint("SHA-256")).toString("hex");
    expect(print).not.toBe(keys[0].certificate.fingerprint.sha256);
  });
});
