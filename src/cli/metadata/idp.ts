import type { IntegrationSignIn } from "../../metadata/index.ts";
import { type Command, JSON_OPTION } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import { OUTPUT_OPTIONS } from "../output/save.ts";
import { typedFindings, writeBuilt } from "./built.ts";
import { integrationFile } from "./integration.ts";
import { keysFrom } from "./keys.ts";

const FIELDS = ["entity_id", "signin_url", "signout_url"] as const;

/** `samlcert metadata idp`: writes identity provider metadata. */
export const metadataIdpCommand: Command = {
  name: "metadata idp",
  summary: "write identity provider metadata for a service provider",
  description:
    "The entityID is the integration's entity_id, the sign-on endpoint its signin_url at HTTP-Redirect and HTTP-POST, the logout endpoint its signout_url.",
  options: [
    {
      name: "integration",
      value: "FILE",
      summary: "the integration as JSON; - reads standard input",
    },
    { name: "entity-id", value: "URI", summary: "the name of the identity provider" },
    { name: "signin-url", value: "URL", summary: "the endpoint for sign-in requests" },
    { name: "signout-url", value: "URL", summary: "the endpoint for logout requests" },
    {
      name: "signing-certificate",
      value: "FILE",
      summary: "a signing certificate (repeat for current and next)",
      multiple: true,
    },
    ...OUTPUT_OPTIONS,
    JSON_OPTION,
  ],
  formats: ["metadata-idp"],
  examples: [
    {
      command:
        "samlcert metadata idp --entity-id https://idp.example.com --signin-url https://idp.example.com/sso --signing-certificate idp.pem",
      does: "from a name, a URL and a certificate",
    },
    {
      command:
        "samlcert metadata idp --integration integration.json --signing-certificate now.pem --signing-certificate next.pem -o idp.xml",
      does: "from a saved integration, with the next key",
    },
  ],
  async run(invocation, io) {
    const { buildIdentityProviderMetadata, identityProviderFromIntegration } = await import(
      "../../metadata/index.ts"
    );
    const path = invocation.value("integration");
    const typed = Object.fromEntries(
      FIELDS.flatMap((field) => {
        const value = invocation.value(field.replaceAll("_", "-"));
        return value === undefined ? [] : [[field, value]];
      }),
    );
    if (path === undefined && Object.keys(typed).length === 0) {
      throw new UsageError(
        "samlcert metadata idp needs an identity provider.",
        "Name an integration's file with --integration, or give --entity-id and --signin-url.",
      );
    }
    const integration: IntegrationSignIn =
      path === undefined ? typed : { ...(await integrationFile(path, io)), ...typed };
    const keys = await keysFrom(invocation.values("signing-certificate"), "signing", io);
    const options = identityProviderFromIntegration(integration, keys.certificates);
    // Logout is optional for an identity provider.
    const found = options.findings.filter(
      ({ code, at }) => code !== "integration.incomplete" || at?.path !== "signout_url",
    );
    const findings = [...(path === undefined ? typedFindings(found) : found), ...keys.findings];
    const build = (): string => buildIdentityProviderMetadata(options);
    return await writeBuilt({ format: "metadata-idp", findings, build }, invocation, io);
  },
};
