import { spawn } from "node:child_process";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildIdentityProviderMetadata,
  buildServiceProviderMetadata,
} from "../../src/metadata/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";
import { formAfter, openBrowser } from "./browser.ts";
import { answering, type KnownServiceProvider } from "./identity-providers.ts";
import type { Sp } from "./service-providers.ts";

const MODULES = "/usr/lib/apache2/modules";

export function mellonAt(port: number): KnownServiceProvider {
  const url = `http://127.0.0.1:${port}/mellon`;
  return { entityId: `${url}/metadata`, acsUrl: `${url}/postResponse` };
}

/** mod_auth_mellon in an Apache of its own, whose identity provider metadata is a file. */
export async function mellon(port: number, issuer: string, folder: string): Promise<Sp> {
  const at = (...names: string[]): string => join(folder, "mellon", ...names);
  mkdirSync(at("htdocs"), { recursive: true });
  writeFileSync(at("htdocs", "index.html"), "Welcome");
  const { pem, privateKeyPem } = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
  writeFileSync(at("sp.pem"), pem);
  writeFileSync(at("sp.key"), privateKeyPem);
  const { entityId, acsUrl } = mellonAt(port);
  writeFileSync(
    at("sp.xml"),
    buildServiceProviderMetadata({
      entityId,
      assertionConsumerServices: [acsUrl],
      signingCertificates: [pem],
    }),
  );
  const trust = (keys: readonly string[], signInUrl: string): void => {
    const given = { entityId: issuer, singleSignOnServices: [signInUrl] };
    writeFileSync(
      at("idp.new"),
      buildIdentityProviderMetadata({ ...given, signingCertificates: keys }),
    );
    renameSync(at("idp.new"), at("idp.xml"));
  };
  trust([pem], "http://127.0.0.1:1/sso");
  const load = (name: string, file = name): string =>
    `LoadModule ${name}_module ${MODULES}/mod_${file}.so`;
  writeFileSync(
    at("httpd.conf"),
    `ServerRoot ${at()}
PidFile ${at("httpd.pid")}
DefaultRuntimeDir ${at()}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
User www-data
Group www-data
ErrorLog ${at("error.log")}
${["mpm_prefork", "authn_core", "authz_core", "authz_user", "dir", "mime", "auth_mellon"].map((name) => load(name)).join("\n")}
TypesConfig /etc/mime.types
DocumentRoot ${at("htdocs")}
KeepAlive Off
StartServers 2
# Each process reads the metadata file once.
MaxConnectionsPerChild 1
MellonLockFile ${at("mellon.lock")}
<Location />
 Require all granted
 MellonEndpointPath /mellon
 MellonSPPrivateKeyFile ${at("sp.key")}
 MellonSPCertFile ${at("sp.pem")}
 MellonSPMetadataFile ${at("sp.xml")}
 MellonIdPMetadataFile ${at("idp.xml")}
 MellonSecureCookie Off
</Location>
<Location /index.html>
 AuthType Mellon
 MellonEnable auth
 Require valid-user
</Location>
`,
  );
  const child = spawn("/usr/sbin/apache2", ["-f", at("httpd.conf"), "-DFOREGROUND"], {
    stdio: "ignore",
    // When it ends, Apache ends its whole process group.
    detached: true,
  });
  await answering(`http://127.0.0.1:${port}/mellon/metadata`);
  return {
    name: "mod_auth_mellon",
    async signIn(keys, idp) {
      if (keys.length === 0) throw new Error("no certificate is stored");
      trust(keys, idp.signInUrl);
      const browse = openBrowser();
      const asked = await browse(`http://127.0.0.1:${port}/index.html`);
      const { status, html } = await browse(acsUrl, await formAfter(browse, asked));
      if (status !== 200 || !html.includes("Welcome")) throw new Error(`status ${status}`);
    },
    close: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill();
      }),
  };
}
