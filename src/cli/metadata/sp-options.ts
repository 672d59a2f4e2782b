import type {
  ContactInput,
  OrganizationInput,
  ServiceProviderOptions,
} from "../../metadata/index.ts";
import { presetProducts } from "../../metadata/write/preset-products.ts";
import { invalidValue } from "../framework/arguments.ts";
import type { Invocation, OptionSpec } from "../framework/command.ts";
import type { Io } from "../framework/io.ts";

/** The options of the builder besides the name and the endpoints for responses. */
export type Contents = Omit<ServiceProviderOptions, "entityId" | "assertionConsumerServices">;

const CONTACT_TYPES = ["technical", "support", "administrative", "billing", "other", "security"];

/** The contents of service provider metadata besides its name and its endpoint. */
export const CONTENT_OPTIONS: readonly OptionSpec[] = [
  {
    name: "preset",
    value: "NAME",
    summary: "the identity provider that the file is for",
    choices: Object.keys(presetProducts),
  },
  {
    name: "slo-url",
    value: "URL",
    summary: "the endpoint for logout requests, at HTTP-Redirect",
    multiple: true,
  },
  {
    name: "name-id-format",
    value: "FORMAT",
    summary: "emailAddress, persistent, transient, unspecified or a URI; the preferred one first",
    multiple: true,
  },
  {
    name: "valid-until",
    value: "DATE|DAYS",
    summary: "when the file ends, such as 2027-06-30 or 90d; replace it before then",
  },
  {
    name: "contact",
    value: "[TYPE:]EMAIL",
    summary: `whom to ask; TYPE is ${CONTACT_TYPES.join(", ")} (default technical)`,
    multiple: true,
  },
  {
    name: "organization",
    value: "NAME,URL",
    summary: 'who runs the service, such as "Example Ltd, https://www.example.com/"',
  },
  {
    name: "signing-certificate",
    value: "FILE",
    summary: "a signing certificate of the service provider: the current, then the next",
    multiple: true,
  },
  {
    name: "encryption-certificate",
    value: "FILE",
    summary: "a certificate that assertions may be encrypted to",
    multiple: true,
  },
  { name: "sign-requests", summary: "the service provider signs its requests" },
];

/** The options of the builder that the command line gives by value, not by file. */
export async function contentOptions(invocation: Invocation, io: Io): Promise<Contents> {
  const { serviceProviderPresets } = await import("../../metadata/index.ts");
  const preset = invocation.value("preset") as keyof typeof serviceProviderPresets | undefined;
  const formats = await nameIdFormatsOf(invocation.values("name-id-format"));
  const contacts = invocation.values("contact").map(contactOf);
  const organization = invocation.value("organization");
  const validUntil = invocation.value("valid-until");
  return {
    ...(preset === undefined ? {} : serviceProviderPresets[preset]),
    ...(formats.length === 0 ? {} : { nameIdFormats: formats }),
    singleLogoutServices: invocation.values("slo-url"),
    contacts,
    organization: organization === undefined ? undefined : organizationOf(organization),
    validUntil: validUntil === undefined ? undefined : instantOf(validUntil, io.now()),
    authnRequestsSigned: invocation.flag("sign-requests") ? true : undefined,
  };
}

async function nameIdFormatsOf(given: readonly string[]): Promise<readonly string[]> {
  const { nameIdFormats } = await import("../../metadata/index.ts");
  return given.map((format) => {
    if (Object.hasOwn(nameIdFormats, format)) {
      return nameIdFormats[format as keyof typeof nameIdFormats];
    }
    if (/^(?:urn:|https?:)/i.test(format)) return format;
    const hint = `Use ${Object.keys(nameIdFormats).join(", ")}, or the format's whole URI.`;
    throw invalidValue("name-id-format", format, hint);
  });
}

function contactOf(given: string): ContactInput {
  const match = /^(?:([a-z]+):)?([^\s:@]+@[^\s:@]+)$/.exec(given);
  const [, contactType = "technical", email] = match ?? [];
  if (email === undefined || !CONTACT_TYPES.includes(contactType)) {
    const hint = `Write it like technical:sso@example.com; the types are ${CONTACT_TYPES.join(", ")}.`;
    throw invalidValue("contact", given, hint);
  }
  return {
    contactType: contactType as ContactInput["contactType"],
    // REFEDS requires a name for a security contact.
    ...(contactType === "security" ? { givenName: "Security" } : {}),
    emailAddresses: [email],
  };
}

function organizationOf(given: string): OrganizationInput {
  const [, name, url] = /^(.*\S)\s*,\s*(https?:\/\/\S+)$/.exec(given) ?? [];
  if (name === undefined || url === undefined) {
    const hint = 'Write the name, a comma and a URL: "Example Ltd, https://www.example.com/".';
    throw invalidValue("organization", given, hint);
  }
  return { name, url };
}

function instantOf(given: string, now: Date): Date | string {
  const [, days] = /^(\d{1,5})d$/.exec(given) ?? [];
  if (days !== undefined) return new Date(now.getTime() + Number(days) * 86_400_000);
  if (/^\d{4}-\d\d-\d\d/.test(given)) return given;
  throw invalidValue(
    "valid-until",
    given,
    "Write a date, such as 2027-06-30, or days, such as 90d.",
  );
}
