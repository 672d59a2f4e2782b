import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  announceKey,
  metadataHandler,
  nodeHandler,
  type RolloverState,
  startRollover,
} from "../../src/keys/index.ts";
import { freePort } from "../signins/identity-providers.ts";
import { inFolder } from "../support/cli.ts";
import { requireFile, requireProgram } from "../support/require.ts";
import { quickKey } from "./support.ts";

const shibd = requireProgram("shibd", ["-v"]);
const metarefresh = requireFile("/usr/share/simplesamlphp/modules/metarefresh/lib/MetaLoader.php");

/** A server of our metadata that notes each answer: the status, and if a tag was sent. */
async function metadataServer() {
  const [current, next] = [await quickKey(), await quickKey()];
  let state: RolloverState = startRollover({
    ...{ signing: current.certificate, identityProviders: [] },
    policy: { cacheSeconds: 2, rolloverCacheSeconds: 2 },
  });
  const handler = nodeHandler(
    metadataHandler({
      metadata: {
        ...{
          entityId: "https://sp.example.com",
          assertionConsumerServices: ["https://sp.example.com/acs"],
        },
      },
      keys: () => state,
    }),
  );
  const answers: string[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    await handler(request, response);
    const tag = request.headers["if-none-match"] === undefined ? "" : " with a tag";
    answers.push(`${response.statusCode}${tag}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/saml`,
    answers,
    announce: () => {
      state = announceKey(state, { use: "signing", certificate: next.certificate });
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Waits until a condition holds; false after the given time. */
async function within(seconds: number, holds: () => boolean): Promise<boolean> {
  for (let left = seconds * 20; left > 0 && !holds(); left -= 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return holds();
}

const shibbolethXml = (folder: string, url: string, port: number): string => `
<SPConfig xmlns="urn:mace:shibboleth:3.0:native:sp:config" clockSkew="180">
  <OutOfProcess/><InProcess/>
  <TCPListener address="127.0.0.1" port="${port}" acl="127.0.0.1"/>
  <StorageService type="Memory" id="mem" cleanupInterval="900"/>
  <SessionCache type="StorageService" StorageService="mem"/><ReplayCache StorageService="mem"/>
  <ArtifactMap artifactTTL="180"/>
  <RequestMapper type="Native"><RequestMap applicationId="default"/></RequestMapper>
  <ApplicationDefaults entityID="https://idp.example">
    <Sessions lifetime="28800" timeout="3600" handlerSSL="false" cookieProps="http"><SSO>SAML2</SSO></Sessions>
    <Errors supportContact="root@localhost"/>
    <MetadataProvider type="XML" url="${url}" backingFilePath="${folder}/backing.xml" maxRefreshDelay="2" minRefreshDelay="1"/>
  </ApplicationDefaults>
  <SecurityPolicyProvider type="XML" path="/etc/shibboleth/security-policy.xml"/>
  <ProtocolProvider type="XML" path="/etc/shibboleth/protocols.xml"/>
</SPConfig>`;

describe("refreshers of others poll the metadata", () => {
  test.skipIf(shibd.missing)(
    `Shibboleth: 200, then 304 to its tag, then the next key${shibd.note}`,
    async () => {
      await inFolder(async (folder) => {
        const { url, answers, announce, close } = await metadataServer();
        const config = join(folder, "shibboleth2.xml");
        writeFileSync(config, shibbolethXml(folder, url, await freePort()));
        const child = spawn("shibd", ["-F", "-f", "-c", config, "-p", join(folder, "pid")], {
          stdio: "ignore",
        });
        try {
          const isKnown = await within(15, () => answers.includes("304 with a tag"));
          expect(isKnown, answers.join()).toBe(true);
          expect(answers[0]).toBe("200");
          announce();
          const isRead = await within(10, () => answers.includes("200 with a tag"));
          expect(isRead, answers.join()).toBe(true);
        } finally {
          child.kill("SIGTERM");
          close();
        }
      });
    },
    40_000,
  );

  test.skipIf(metarefresh.missing)(
    `SimpleSAMLphp's metarefresh: 200, then 304 to its tag, then the next key${metarefresh.note}`,
    async () => {
      await inFolder(async (folder) => {
        const { url, answers, announce, close } = await metadataServer();
        for (const name of ["config", "out", "log", "data"]) mkdirSync(join(folder, name));
        writeFileSync(
          join(folder, "config", "config.php"),
          `<?php $config = ['baseurlpath' => 'http://127.0.0.1/', 'loggingdir' => '${folder}/log/',
 'datadir' => '${folder}/data/', 'tempdir' => '${folder}/data', 'secretsalt' => 'only-for-this-test',
 'technicalcontact_email' => 'na@example.org', 'timezone' => 'UTC', 'logging.handler' => 'file',
 'auth.adminpassword' => 'only-for-this-test', 'module.enable' => ['metarefresh' => true]];`,
        );
        writeFileSync(join(folder, "refresh.php"), REFRESH);
        const args = ["-d", "error_reporting=0", join(folder, "refresh.php"), url, folder];
        const env = { ...process.env, SIMPLESAMLPHP_CONFIG_DIR: join(folder, "config") };
        const refresh = async (): Promise<string> => {
          const child = spawn("php", args, { env });
          let output = "";
          child.stdout.on("data", (chunk) => {
            output += String(chunk);
          });
          await new Promise((resolve) => child.once("close", resolve));
          return output;
        };
        try {
          expect(await refresh()).toContain("keys 1");
          expect(await refresh()).toContain("keys 1");
          announce();
          expect(await refresh()).toContain("keys 2");
          expect(answers).toEqual(["200", "304 with a tag", "200 with a tag"]);
        } finally {
          close();
        }
      });
    },
    30_000,
  );
});

/** Does what the module's cron hook does. */
const REFRESH = `<?php require '/usr/share/simplesamlphp/lib/_autoload.php';
[, $url, $folder] = $argv;
$old = \\SimpleSAML\\Metadata\\MetaDataStorageSource::getSource(['type' => 'flatfile', 'directory' => "$folder/out"]);
$loader = new \\SimpleSAML\\Module\\metarefresh\\MetaLoader(time() + 86400, "$folder/data/state.php", $old);
$loader->setTypes(['saml20-sp-remote']);
$loader->loadSource(['src' => $url, 'conditionalGET' => true]);
$loader->writeMetadataFiles("$folder/out"); $loader->writeState();
include "$folder/out/saml20-sp-remote.php";
foreach ($metadata as $entity) echo 'keys ', count($entity['keys']), "\\n";
`;
