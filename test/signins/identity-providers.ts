import { spawn } from "node:child_process";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import {
  type FakeIdentityProvider,
  startFakeIdentityProvider,
  type TestCertificate,
} from "../../src/testing/index.ts";
import { loadPeer } from "../support/peers.ts";

/** A running identity provider. */
export interface IdentityProvider {
  readonly name: string;
  /** Takes AuthnRequests at the HTTP-Redirect binding. */
  readonly signInUrl: string;
  signWith(certificate: TestCertificate): void;
  close(): Promise<void>;
}

/** A service provider that the identity provider knows. */
export interface KnownServiceProvider {
  readonly entityId: string;
  readonly acsUrl: string;
}

/** The start of every identity provider. */
export interface IdpStart {
  readonly entityId: string;
  readonly certificates: readonly [TestCertificate, TestCertificate];
  readonly serviceProviders: readonly KnownServiceProvider[];
  /** A folder for its files. */
  readonly folder: string;
}

/** Ours publishes metadata too. */
export interface OwnIdentityProvider extends IdentityProvider {
  readonly fake: FakeIdentityProvider;
}

/** The fake of `samlcert/testing`. */
export async function ours({ entityId, certificates }: IdpStart): Promise<OwnIdentityProvider> {
  const fake = await startFakeIdentityProvider({ entityId, certificates, signMetadata: true });
  return { ...fake, fake, name: "samlcert/testing" };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until something answers at a URL. */
export async function answering(url: string): Promise<void> {
  for (let left = 150; ; left -= 1) {
    try {
      await (await fetch(url, { redirect: "manual" })).arrayBuffer();
      return;
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

interface Samlp {
  auth(
    options: object,
  ): (request: object, response: object, next: (error?: unknown) => void) => void;
}

/** The package `samlp`, as auth0's identity provider is built with it. */
export async function samlp(start: IdpStart): Promise<IdentityProvider> {
  const { auth } = (await loadPeer<{ default: Samlp }>("samlp")).default;
  const { default: express } = await import("express");
  let [signer] = start.certificates;
  const user = { id: "ada", displayName: "Ada", emails: [{ value: "ada@example.com" }], name: {} };
  const app = express();
  app.get("/sso", (request, response, next) => {
    Object.assign(request, { user });
    const { pem: cert, privateKeyPem: key } = signer;
    const asked = inflateRawSync(Buffer.from(String(request.query["SAMLRequest"]), "base64"));
    const sp = start.serviceProviders.find(({ entityId }) => asked.includes(`>${entityId}<`));
    const acsUrl = sp?.acsUrl;
    type Post = (error: unknown, url?: string) => void;
    const getPostURL = (_: string, __: unknown, ___: unknown, done: Post): void =>
      done(null, acsUrl);
    const places = { destination: acsUrl, recipient: acsUrl };
    const algorithms = { signatureAlgorithm: "rsa-sha256", digestAlgorithm: "sha256" };
    const options = { issuer: start.entityId, cert, key, getPostURL, signResponse: true };
    auth({ ...options, ...algorithms, ...places, getUserFromRequest: () => user })(
      request,
      response,
      next,
    );
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    name: "samlp",
    signInUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sso`,
    signWith: (certificate) => {
      signer = certificate;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const php = (text: string): string => `'${text.replaceAll(/[\\']/g, "\\$&")}'`;

/** SimpleSAMLphp of Debian, in PHP's own server. Its signer is a file, which a rename switches. */
export async function simpleSamlPhp(start: IdpStart): Promise<IdentityProvider> {
  const { folder, entityId, certificates, serviceProviders } = start;
  const port = await freePort();
  const at = (...names: string[]): string => join(folder, "ssp", ...names);
  for (const name of ["config", "metadata", "cert", "log", "data", "session"]) {
    mkdirSync(at(name), { recursive: true });
  }
  const nameOf = (certificate: TestCertificate): string =>
    certificate.certificate.fingerprint.sha256;
  for (const certificate of certificates) {
    writeFileSync(at("cert", `${nameOf(certificate)}.pem`), certificate.pem);
    writeFileSync(at("cert", `${nameOf(certificate)}.key`), certificate.privateKeyPem);
  }
  function signWith(certificate: TestCertificate): void {
    writeFileSync(at("signer.new"), nameOf(certificate));
    renameSync(at("signer.new"), at("signer"));
  }
  signWith(certificates[0]);
  writeFileSync(
    at("config", "config.php"),
    `<?php $config = ['baseurlpath' => 'http://127.0.0.1:${port}/', 'certdir' => ${php(at("cert/"))},
 'loggingdir' => ${php(at("log/"))}, 'datadir' => ${php(at("data/"))}, 'tempdir' => ${php(at("data"))},
 'technicalcontact_email' => 'na@example.org', 'secretsalt' => 'only-for-this-test', 'timezone' => 'UTC',
 'auth.adminpassword' => 'only-for-this-test', 'logging.handler' => 'file', 'logging.level' => 4,
 'enable.saml20-idp' => true, 'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
 'session.cookie.secure' => false, 'store.type' => 'phpsession',
 'session.phpsession.savepath' => ${php(at("session"))}, 'session.phpsession.cookiename' => 'SSP',
 'metadata.sources' => [['type' => 'flatfile', 'directory' => ${php(at("metadata"))}]],
 'authproc.idp' => [], 'authproc.sp' => [], 'language.default' => 'en', 'showerrors' => true];`,
  );
  writeFileSync(
    at("config", "authsources.php"),
    "<?php $config = ['userpass' => ['exampleauth:UserPass', 'student:pw' => ['uid' => ['student']]]];",
  );
  const format = "'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'";
  writeFileSync(
    at("metadata", "saml20-idp-hosted.php"),
    `<?php $signer = trim(file_get_contents(${php(at("signer"))}));
$metadata[${php(entityId)}] = ['host' => '__DEFAULT__', 'auth' => 'userpass', ${format},
 'privatekey' => "$signer.key", 'certificate' => "$signer.pem", 'saml20.sign.response' => true,
 'saml20.sign.assertion' => true,
 'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'];`,
  );
  const remote = serviceProviders.map(
    (sp) =>
      `$metadata[${php(sp.entityId)}] = ['AssertionConsumerService' => ${php(sp.acsUrl)}, ${format}, 'simplesaml.nameidattribute' => 'uid'];`,
  );
  writeFileSync(at("metadata", "saml20-sp-remote.php"), `<?php ${remote.join("\n")}`);
  // Silent, because this SimpleSAMLphp is older than this PHP.
  const quiet = ["-d", "error_reporting=0", "-d", "display_errors=0"];
  const root = ["-S", `127.0.0.1:${port}`, "-t", "/usr/share/simplesamlphp/www"];
  const env = { ...process.env, SIMPLESAMLPHP_CONFIG_DIR: at("config") };
  const child = spawn("php", [...quiet, ...root], { stdio: "ignore", env });
  await answering(`http://127.0.0.1:${port}/`);
  return {
    name: "SimpleSAMLphp",
    signInUrl: `http://127.0.0.1:${port}/saml2/idp/SSOService.php`,
    signWith,
    close: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill();
      }),
  };
}
