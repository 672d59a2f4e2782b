import { spawn } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  acceptUnverified,
  encryptionCertificates,
  parseMetadata,
  signingCertificates,
} from "../../../../src/metadata/index.ts";
import type { TestCertificate } from "../../../../src/testing/index.ts";
import { answering, freePort } from "../../../signins/identity-providers.ts";
import { loadPeer } from "../../../support/peers.ts";

/** An identity provider that demands signed requests, encrypts assertions, and caches our metadata. */
export interface CachingIdentityProvider {
  readonly entityId: string;
  readonly signInUrl: string;
  readonly certificate: TestCertificate;
  /** Replaces the copy of our metadata. */
  take(xml: string): void;
  close(): Promise<void>;
}

interface Start {
  readonly entityId: string;
  readonly certificate: TestCertificate;
  readonly acsUrl: string;
  readonly folder: string;
}

interface Samlp {
  auth(
    options: object,
  ): (request: object, response: object, next: (error?: unknown) => void) => void;
}

/** samlp: tries each published signing certificate, and encrypts to the first encryption key. */
export async function samlp({
  entityId,
  certificate,
  acsUrl,
}: Start): Promise<CachingIdentityProvider> {
  const { auth } = (await loadPeer<{ default: Samlp }>("samlp")).default;
  const { default: express } = await import("express");
  let known: { signing: readonly string[]; encryption: string } = { signing: [], encryption: "" };
  const user = { id: "ada", displayName: "Ada", emails: [{ value: "ada@example.com" }], name: {} };
  const app = express();
  app.get("/sso", (request, response, next) => {
    Object.assign(request, { user });
    const options = {
      ...{ issuer: entityId, cert: certificate.pem, key: certificate.privateKeyPem },
      getPostURL: (
        _: unknown,
        __: unknown,
        ___: unknown,
        done: (e: unknown, url: string) => void,
      ) => done(null, acsUrl),
      ...{
        destination: acsUrl,
        recipient: acsUrl,
        signResponse: true,
        getUserFromRequest: () => user,
      },
      ...{ signatureAlgorithm: "rsa-sha256", digestAlgorithm: "sha256" },
      encryptionCert: known.encryption,
      encryptionPublicKey: createPublicKey(known.encryption).export({
        type: "spki",
        format: "pem",
      }),
    };
    const attempt = ([signingCert, ...others]: readonly string[], error?: unknown): void => {
      const again = (reason: unknown): void => attempt(others, reason);
      if (signingCert === undefined) next(error);
      else auth({ ...options, signingCert })(request, response, again);
    };
    attempt(known.signing, new Error("no signing key is known"));
  });
  app.use(
    (error: Error, _request: object, response: import("express").Response, _next: unknown) => {
      response.status(403).send(`refused: ${error.message.slice(0, 60)}`);
    },
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...{ entityId, certificate },
    signInUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sso`,
    take: (xml) => {
      const [entity] = parseMetadata(xml).entities.map(acceptUnverified);
      if (entity === undefined) throw new Error("The metadata has no entity.");
      known = {
        signing: signingCertificates(entity).map(({ pem }) => pem),
        encryption: encryptionCertificates(entity)[0]?.pem ?? "",
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const php = (text: string): string => `'${text.replaceAll(/[\\']/g, "\\$&")}'`;

/** SimpleSAMLphp of Debian, which reads our metadata itself from the file that is its cache. */
export async function simpleSamlPhp({
  entityId,
  certificate,
  folder,
}: Start): Promise<CachingIdentityProvider> {
  const port = await freePort();
  const at = (...names: string[]): string => join(folder, "ssp", ...names);
  for (const name of ["config", "metadata", "cert", "log", "data", "session"]) {
    mkdirSync(at(name), { recursive: true });
  }
  writeFileSync(at("cert", "idp.pem"), certificate.pem);
  writeFileSync(at("cert", "idp.key"), certificate.privateKeyPem);
  writeFileSync(
    at("config", "config.php"),
    `<?php $config = ['baseurlpath' => 'http://127.0.0.1:${port}/', 'certdir' => ${php(at("cert/"))},
 'loggingdir' => ${php(at("log/"))}, 'datadir' => ${php(at("data/"))}, 'tempdir' => ${php(at("data"))},
 'technicalcontact_email' => 'na@example.org', 'secretsalt' => 'only-for-this-test', 'timezone' => 'UTC',
 'auth.adminpassword' => 'only-for-this-test', 'logging.handler' => 'file', 'logging.level' => 4,
 'enable.saml20-idp' => true, 'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
 'session.cookie.secure' => false, 'store.type' => 'phpsession',
 'session.phpsession.savepath' => ${php(at("session"))}, 'session.phpsession.cookiename' => 'SSP',
 'metadata.sources' => [['type' => 'flatfile', 'directory' => ${php(at("metadata"))}],
  ['type' => 'xml', 'file' => ${php(at("sp.xml"))}]],
 'authproc.idp' => [], 'authproc.sp' => [], 'language.default' => 'en', 'showerrors' => true];`,
  );
  writeFileSync(
    at("config", "authsources.php"),
    "<?php $config = ['userpass' => ['exampleauth:UserPass', 'student:pw' => ['uid' => ['student']]]];",
  );
  writeFileSync(
    at("metadata", "saml20-idp-hosted.php"),
    `<?php $metadata[${php(entityId)}] = ['host' => '__DEFAULT__', 'auth' => 'userpass',
 'privatekey' => 'idp.key', 'certificate' => 'idp.pem', 'saml20.sign.response' => true,
 'validate.authnrequest' => true, 'redirect.validate' => true, 'assertion.encryption' => true,
 'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
 'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'];`,
  );
  // Silent, because this SimpleSAMLphp is older than this PHP.
  const quiet = ["-d", "error_reporting=0", "-d", "display_errors=0"];
  const root = ["-S", `127.0.0.1:${port}`, "-t", "/usr/share/simplesamlphp/www"];
  const env = { ...process.env, SIMPLESAMLPHP_CONFIG_DIR: at("config") };
  const child = spawn("php", [...quiet, ...root], { stdio: "ignore", env });
  await answering(`http://127.0.0.1:${port}/`);
  return {
    ...{ entityId, certificate },
    signInUrl: `http://127.0.0.1:${port}/saml2/idp/SSOService.php`,
    take: (xml) => {
      writeFileSync(at("sp.new"), xml);
      renameSync(at("sp.new"), at("sp.xml"));
    },
    close: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill();
      }),
  };
}
