import type { Finding } from "../../core/finding.ts";
import { hasErrors } from "../../core/finding.ts";
import type { IntegrationNames, ServiceProviderOptions } from "../../metadata/index.ts";
import { invalidValue } from "../framework/arguments.ts";
import { type Command, type Invocation, JSON_OPTION } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { OUTPUT_OPTIONS } from "../output/save.ts";
import { typedFindings, writeBuilt } from "./built.ts";
import { integrationFile } from "./integration.ts";
import { keysFrom } from "./keys.ts";
import { CONTENT_OPTIONS, type Contents, contentOptions } from "./sp-options.ts";
import { nameFindings, review } from "./sp-review.ts";

const FIELDS = ["entity_id", "single_signon_url", "audience_url"] as const;

/** Options that only make sense for an integration, such as SendGrid's. */
const INTEGRATION_OPTIONS = ["integration", "single-signon-url", "audience-url"] as const;

interface Described {
  readonly options: ServiceProviderOptions;
  readonly findings: readonly Finding[];
}

/** The service provider by its own name and endpoints. */
async function described(invocation: Invocation, contents: Contents): Promise<Described> {
  const entityId = invocation.value("entity-id");
  const acsUrls = invocation.values("acs-url");
  if (entityId === undefined || acsUrls.length === 0) {
    throw new UsageError(
      `samlcert metadata sp needs ${entityId === undefined ? "--entity-id" : "--acs-url"}.`,
      "Give the service's name with --entity-id and its endpoint with --acs-url, or a file with --integration.",
    );
  }
  const { urlFault } = await import("../../metadata/elements/uri.ts");
  for (const url of [...acsUrls, ...invocation.values("slo-url")]) {
    const reason = urlFault(url);
    const option = acsUrls.includes(url) ? "acs-url" : "slo-url";
    if (reason !== undefined) throw invalidValue(option, url, `Give an https URL: ${reason}.`);
  }
  return {
    options: { ...contents, entityId, assertionConsumerServices: acsUrls },
    findings: await nameFindings(entityId),
  };
}

/** The service provider of an integration: its file, with the fields of the command line over it. */
async function integrated(invocation: Invocation, contents: Contents, io: Io): Promise<Described> {
  if (invocation.values("acs-url").length > 0) {
    throw new UsageError(
      "--acs-url cannot be combined with the fields of an integration.",
      "Use --entity-id and --acs-url, or --audience-url and --single-signon-url.",
    );
  }
  const { serviceProviderFromIntegration } = await import("../../metadata/index.ts");
  const path = invocation.value("integration");
  const typed: IntegrationNames = Object.fromEntries(
    FIELDS.flatMap((field) => {
      const value = invocation.value(field.replaceAll("_", "-"));
      return value === undefined ? [] : [[field, value]];
    }),
  );
  const fields = path === undefined ? typed : { ...(await integrationFile(path, io)), ...typed };
  const options = serviceProviderFromIntegration(fields, {
    ...contents,
    entityIdFrom: invocation.value("entity-id-from") as "audience_url" | "entity_id",
  });
  return {
    options,
    findings: path === undefined ? typedFindings(options.findings) : options.findings,
  };
}

function isIntegration(invocation: Invocation): boolean {
  return (
    INTEGRATION_OPTIONS.some((name) => invocation.value(name) !== undefined) ||
    invocation.value("entity-id-from") === "entity_id"
  );
}

/** `samlcert metadata sp`: writes service provider metadata. */
export const metadataSpCommand: Command = {
  name: "metadata sp",
  summary: "write service provider metadata for an identity provider",
  description:
    "Name your service with --entity-id and its endpoint for responses with --acs-url. From a SendGrid integration, the entityID is audience_url and the endpoint single_signon_url: there, --entity-id is the integration's entity_id, which names the identity provider and is only checked. Use --entity-id-from entity_id only where it names the service provider.",
  options: [
    { name: "entity-id", value: "URI", summary: "the name of the service provider" },
    {
      name: "acs-url",
      value: "URL",
      summary: "the endpoint for responses, at HTTP-POST; the first is the default",
      multiple: true,
    },
    ...CONTENT_OPTIONS,
    {
      name: "integration",
      value: "FILE",
      summary: "a SendGrid integration as JSON instead; - reads standard input",
    },
    { name: "audience-url", value: "URL", summary: "audience_url of the integration" },
    { name: "single-signon-url", value: "URL", summary: "single_signon_url of the integration" },
    {
      name: "entity-id-from",
      value: "FIELD",
      summary: "the integration's field that names the service provider",
      choices: ["audience_url", "entity_id"],
      default: "audience_url",
    },
    ...OUTPUT_OPTIONS,
    JSON_OPTION,
  ],
  formats: ["metadata-sp"],
  examples: [
    {
      command:
        "samlcert metadata sp --preset entra --entity-id https://sp.example.com/saml --acs-url https://sp.example.com/acs -o sp.xml",
      does: "for Microsoft Entra ID, into a file",
    },
    {
      command:
        "samlcert metadata sp --entity-id https://sp.example.com/saml --acs-url https://sp.example.com/acs --contact sso@example.com --valid-until 90d --signing-certificate sp.crt --encryption-certificate enc.crt -o sp.xml",
      does: "with everything that metadata validate asks for",
    },
    {
      command: "samlcert metadata sp --integration integration.json -o sp.xml",
      does: "from a saved SendGrid integration",
    },
  ],
  async run(invocation, io) {
    const { buildServiceProviderMetadata } = await import("../../metadata/index.ts");
    const signing = await keysFrom(invocation.values("signing-certificate"), "signing", io);
    const encryption = await keysFrom(
      invocation.values("encryption-certificate"),
      "encryption",
      io,
    );
    if (invocation.flag("sign-requests") && signing.certificates.length === 0) {
      throw new UsageError(
        "--sign-requests needs a signing certificate.",
        "Add --signing-certificate, or leave --sign-requests out.",
      );
    }
    const contents = {
      ...(await contentOptions(invocation, io)),
      signingCertificates: signing.certificates,
      encryptionCertificates: encryption.certificates,
    };
    const { options, findings } = isIntegration(invocation)
      ? await integrated(invocation, contents, io)
      : await described(invocation, contents);
    const before = [...findings, ...signing.findings, ...encryption.findings];
    const xml = hasErrors(before) ? undefined : buildServiceProviderMetadata(options);
    const all = xml === undefined ? before : [...before, ...(await review(xml, before, io.now()))];
    return await writeBuilt(
      { format: "metadata-sp", findings: all, build: () => xml ?? "" },
      invocation,
      io,
    );
  },
};
