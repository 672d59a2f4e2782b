import type { IntegrationNames } from "../../metadata/index.ts";
import { type Command, type Invocation, JSON_OPTION } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { typedFindings, writeBuilt } from "./built.ts";
import { integrationFile } from "./integration.ts";
import { keysFrom } from "./keys.ts";

const FIELDS = ["entity_id", "single_signon_url", "audience_url"] as const;

function optionOf(field: (typeof FIELDS)[number]): string {
  return field.replaceAll("_", "-");
}

/** The integration from its file, with the fields of the command line over it. */
async function integrationOf(invocation: Invocation, io: Io): Promise<IntegrationNames> {
  const path = invocation.value("integration");
  const typed = Object.fromEntries(
    FIELDS.flatMap((field) => {
      const value = invocation.value(optionOf(field));
      return value === undefined ? [] : [[field, value]];
    }),
  );
  if (path === undefined && Object.keys(typed).length === 0) {
    throw new UsageError(
      "samlcert metadata sp needs an integration.",
      "Name its file with --integration, or give --audience-url and --single-signon-url.",
    );
  }
  return path === undefined ? typed : { ...(await integrationFile(path, io)), ...typed };
}

/** `samlcert metadata sp`: writes service provider metadata from an integration. */
export const metadataSpCommand: Command = {
  name: "metadata sp",
  summary: "write service provider metadata for an identity provider",
  description:
    "The entityID is the integration's audience_url, the assertion consumer service its single_signon_url. The entity_id of a SendGrid integration names the identity provider; use --entity-id-from entity_id only where it names the service provider.",
  options: [
    {
      name: "integration",
      value: "FILE",
      summary: "the integration as JSON; - reads standard input",
    },
    ...FIELDS.map((field) => ({
      name: optionOf(field),
      value: field === "entity_id" ? "URI" : "URL",
      summary: `${field} of the integration`,
    })),
    {
      name: "entity-id-from",
      value: "FIELD",
      summary: "the field that names the service provider",
      choices: ["audience_url", "entity_id"],
      default: "audience_url",
    },
    {
      name: "signing-certificate",
      value: "FILE",
      summary: "a signing certificate of the service provider",
      multiple: true,
    },
    {
      name: "encryption-certificate",
      value: "FILE",
      summary: "an encryption certificate of the service provider",
      multiple: true,
    },
    { name: "output", short: "o", value: "FILE", summary: "the output file", default: "-" },
    JSON_OPTION,
  ],
  formats: ["metadata-sp"],
  examples: [
    {
      command: "samlcert metadata sp --integration integration.json -o sp.xml",
      does: "from a saved integration, into a file",
    },
    {
      command:
        "samlcert metadata sp --audience-url https://sp.example.com/saml --single-signon-url https://sp.example.com/acs",
      does: "from two URLs, to standard output",
    },
  ],
  async run(invocation, io) {
    const { buildServiceProviderMetadata, serviceProviderFromIntegration } = await import(
      "../../metadata/index.ts"
    );
    const integration = await integrationOf(invocation, io);
    const signing = await keysFrom(invocation.values("signing-certificate"), "signing", io);
    const encryption = await keysFrom(
      invocation.values("encryption-certificate"),
      "encryption",
      io,
    );
    const options = serviceProviderFromIntegration(integration, {
      entityIdFrom: invocation.value("entity-id-from") as "audience_url" | "entity_id",
      signingCertificates: signing.certificates,
      encryptionCertificates: encryption.certificates,
    });
    const isTyped = invocation.value("integration") === undefined;
    const findings = [
      ...(isTyped ? typedFindings(options.findings) : options.findings),
      ...signing.findings,
      ...encryption.findings,
    ];
    const build = (): string => buildServiceProviderMetadata(options);
    return await writeBuilt({ format: "metadata-sp", findings, build }, invocation, io);
  },
};
