import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Other programs that read metadata, and the roles that each can read. */
export interface Reading {
  readonly entityId?: string;
  /** Location of the first assertion consumer or single sign-on service. */
  readonly location?: string;
  /** How many signing certificates. */
  readonly signing?: number;
}

/** Another program that reads metadata. */
export interface Reader {
  readonly name: string;
  readonly roles: readonly ("sp" | "idp")[];
  readonly isThere: boolean;
  /** Throws if the program refuses the document. */
  readonly read: (role: "sp" | "idp", xml: string, folder: string) => Reading | Promise<Reading>;
}

const peers = join(import.meta.dirname, "peers");
const load = createRequire(import.meta.url);

function run(program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): string {
  const env = { ...process.env, ...more };
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", env });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}${stdout}`);
  return stdout;
}

function works(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

function script(
  name: string,
  program: string,
  file: string,
  check: readonly string[],
  roles: Reader["roles"] = ["sp", "idp"],
): Reader {
  return {
    name,
    roles,
    isThere: works(program, ...check),
    read: (role, xml, folder) => {
      const path = join(folder, "metadata.xml");
      writeFileSync(path, xml);
      return JSON.parse(run(program, [join(peers, file), role, path])) as Reading;
    },
  };
}

const python = "/usr/bin/python3";

/** Shibboleth's service provider, which validates against the schemas, and gives the entity back. */
const shibboleth: Reader = {
  name: "Shibboleth (OpenSAML)",
  roles: ["sp", "idp"],
  isThere: works("mdquery", "--help") || spawnSync("mdquery").error === undefined,
  read: (_, xml, folder) => {
    const [path, config] = [join(folder, "metadata.xml"), join(folder, "shibboleth.xml")];
    writeFileSync(path, xml);
    const template = readFileSync(join(peers, "shibboleth.xml"), "utf8");
    writeFileSync(config, template.replace("METADATA", path));
    const entityId = /entityID="([^"]*)"/.exec(xml)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const given = run("mdquery", ["-e", entityId], { SHIBSP_CONFIG: config });
    if (!given.includes("EntityDescriptor")) throw new Error(given);
    return { entityId };
  },
};

interface SamlifyMetadata {
  readonly entityMeta: {
    readonly getEntityID: () => string;
    readonly getAssertionConsumerService?: (binding: string) => string | readonly string[];
    readonly getSingleSignOnService?: (binding: string) => string;
    readonly getX509Certificate: (use: string) => string | readonly string[];
  };
}

const samlify: Reader = {
  name: "samlify",
  roles: ["sp", "idp"],
  isThere: true,
  read: (role, metadata) => {
    const library = load("samlify") as Record<
      "ServiceProvider" | "IdentityProvider",
      (options: { metadata: string }) => SamlifyMetadata
    >;
    const make = role === "sp" ? library.ServiceProvider : library.IdentityProvider;
    const { entityMeta } = make({ metadata });
    // Of several consumer services at one binding it gives the last.
    const isSingle = metadata.split("AssertionConsumerService ").length < 3;
    const location =
      role === "sp"
        ? [entityMeta.getAssertionConsumerService?.("post")].flat()[0]
        : entityMeta.getSingleSignOnService?.("redirect");
    return {
      entityId: entityMeta.getEntityID(),
      ...(location === undefined || !isSingle ? {} : { location }),
      signing: [entityMeta.getX509Certificate("signing")].flat().length,
    };
  },
};

const saml20: Reader = {
  name: "@boxyhq/saml20",
  roles: ["sp", "idp"],
  isThere: true,
  read: async (_, xml) => {
    const { default: library } = load("@boxyhq/saml20") as {
      default: {
        parseMetadata: (xml: string, options: object) => Promise<Record<string, unknown>>;
      };
    };
    const { entityID } = await library.parseMetadata(xml, {});
    return { entityId: String(entityID) };
  },
};

const passport: Reader = {
  name: "passport-saml-metadata",
  roles: ["idp"],
  isThere: true,
  read: async (_, xml) => {
    const { MetadataReader } = (await import("passport-saml-metadata")) as unknown as {
      MetadataReader: new (
        xml: string,
      ) => Record<"entityId" | "identityProviderUrl", string> & {
        readonly signingCerts: readonly string[];
      };
    };
    const reader = new MetadataReader(xml);
    return {
      entityId: reader.entityId,
      location: reader.identityProviderUrl,
      signing: reader.signingCerts.length,
    };
  },
};

/** Every program that is tried; those from Debian only where they are installed. */
export const readers: readonly Reader[] = [
  samlify,
  saml20,
  passport,
  shibboleth,
  script("Lasso", python, "read_with_lasso.py", ["-c", "import lasso"]),
  script("python3-saml", python, "python3_saml.py", ["-c", "import onelogin.saml2"]),
  script("ruby-saml", "ruby", "ruby_saml.rb", ["-e", 'require "onelogin/ruby-saml"'], ["idp"]),
  script("SimpleSAMLphp", "php", "simplesamlphp.php", [
    "-r",
    "exit(file_exists('/usr/share/simplesamlphp/lib/_autoload.php') ? 0 : 1);",
  ]),
];
