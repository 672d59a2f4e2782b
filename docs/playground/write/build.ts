import { validateCertificate } from "../../../src/certificates/index.ts";
import { shellQuoted } from "../../../src/cli/output/text.ts";
import { isSamlCertError } from "../../../src/core/errors.ts";
import { type Finding, hasErrors } from "../../../src/core/finding.ts";
import {
  buildServiceProviderMetadata,
  type IntegrationNames,
  serviceProviderFromIntegration,
  serviceProviderPresets,
} from "../../../src/metadata/index.ts";
import type { IdentityProvider } from "./identity-providers.ts";

/** The paths of the two certificates in findings. */
export const [SIGNING, ENCRYPTION] = ["signing certificate", "encryption certificate"];

/** The content of the form. */
export interface Form {
  readonly integration: IntegrationNames;
  readonly useEntityId: boolean;
  readonly preset: IdentityProvider | undefined;
  readonly signing: string;
  readonly encryption: string;
}

export interface Written {
  readonly xml?: string;
  readonly findings: readonly Finding[];
}

/** A certificate of the form, or its findings. */
function certificateOf(text: string, path: string): { pems: string[]; findings: Finding[] } {
  if (text.trim() === "") return { pems: [], findings: [] };
  const { ok, certificate, findings } = validateCertificate(text, { now: new Date() });
  const placed = findings.map((finding) => ({ ...finding, at: { ...finding.at, path } }));
  return { pems: ok && certificate !== undefined ? [certificate.pem] : [], findings: placed };
}

/** The metadata of the form, or the findings that prevent it. */
export function write({ integration, useEntityId, preset, ...keys }: Form): Written {
  const signing = certificateOf(keys.signing, SIGNING);
  const encryption = certificateOf(keys.encryption, ENCRYPTION);
  const options = serviceProviderFromIntegration(integration, {
    ...(preset === undefined ? {} : serviceProviderPresets[preset]),
    entityIdFrom: useEntityId ? "entity_id" : "audience_url",
    signingCertificates: signing.pems,
    encryptionCertificates: encryption.pems,
  });
  // The name of the identity provider is optional here: the page does not need it.
  const own = options.findings.filter(({ code, at }) => {
    const isName = at?.path === "entity_id" && (integration.entity_id ?? "") === "";
    return useEntityId || !isName || code !== "integration.incomplete";
  });
  const findings = [...own, ...signing.findings, ...encryption.findings];
  if (hasErrors(findings)) return { findings };
  try {
    return { xml: buildServiceProviderMetadata(options), findings };
  } catch (error) {
    if (!isSamlCertError(error)) throw error;
    const { code, message, hint, at } = error;
    return { findings: [...findings, { code, severity: "error", message, hint, at }] };
  }
}

/** A word of a command, quoted where a shell would read it otherwise. */
function word(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : shellQuoted(text);
}

/** The command and the program that write the same file. */
export function equivalentsOf(form: Form): { readonly command: string; readonly code: string } {
  const { integration, useEntityId, preset, signing, encryption } = form;
  const entityId = (useEntityId ? integration.entity_id : integration.audience_url) ?? "";
  const acsUrl = integration.single_signon_url ?? "";
  const keys = [
    ...(signing.trim() === "" ? [] : [["signing", "sp.crt"] as const]),
    ...(encryption.trim() === "" ? [] : [["encryption", "enc.crt"] as const]),
  ];
  const command = [
    `samlcert metadata sp --entity-id ${word(entityId)} --acs-url ${word(acsUrl)}`,
    ...(preset === undefined ? [] : [`--preset ${preset}`]),
    ...keys.map(([use, file]) => `--${use}-certificate ${file}`),
    "-o sp-metadata.xml",
  ].join(" ");
  const imports = [
    "buildServiceProviderMetadata",
    ...(preset === undefined ? [] : ["serviceProviderPresets"]),
  ];
  const code = [
    ...(keys.length === 0 ? [] : ['import { readFileSync } from "node:fs";']),
    `import { ${imports.join(", ")} } from "samlcert/metadata";`,
    "",
    "const xml = buildServiceProviderMetadata({",
    ...(preset === undefined ? [] : [`  ...serviceProviderPresets.${preset},`]),
    `  entityId: ${JSON.stringify(entityId)},`,
    `  assertionConsumerServices: [${JSON.stringify(acsUrl)}],`,
    ...keys.map(([use, file]) => `  ${use}Certificates: [readFileSync("${file}", "utf8")],`),
    "});",
    "",
  ].join("\n");
  return { command, code };
}
