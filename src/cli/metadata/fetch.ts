import { type Command, JSON_OPTION } from "../framework/command.ts";
import { EXIT, UsageError } from "../framework/exit.ts";
import { trustedCertificates } from "../input/certificates.ts";
import { isUrl, URL_OPTION, urlBytes, withUrls } from "../input/urls.ts";
import { jsonDocument } from "../output/json.ts";
import { OUTPUT_OPTIONS, saveOutput } from "../output/save.ts";
import { printable } from "../output/text.ts";

/** The largest document that is written; a larger one is an aggregate that its federation mirrors. */
const MAX_BYTES = 256 * 1024 * 1024;

/** `samlcert metadata fetch`: downloads metadata and writes it unchanged. */
export const metadataFetchCommand: Command = {
  name: "metadata fetch",
  summary: "download metadata, verify it, and write it unchanged",
  description:
    "Follows redirects over https only, and never into a private network. With --trust, nothing is written before the signature is verified. With -o, the document is written byte by byte as the server sent it. Standard error says what it is.",
  arguments: [{ name: "URL", summary: "the https URL of the metadata" }],
  options: [
    {
      name: "trust",
      value: "FILE",
      summary: "certificate that the metadata must be signed with",
      multiple: true,
    },
    ...OUTPUT_OPTIONS,
    URL_OPTION,
    JSON_OPTION,
  ],
  examples: [
    {
      command: "samlcert metadata fetch https://idp.example.com/metadata -o idp.xml",
      does: "write the metadata of an identity provider",
    },
    {
      command:
        "samlcert metadata fetch --trust federation.pem https://mds.example.org/all.xml -o all.xml",
      does: "write an aggregate, only if the federation has signed it",
    },
  ],
  formats: ["metadata-fetch"],
  async run(invocation, host) {
    const io = withUrls(invocation, host);
    const [url = ""] = invocation.arguments;
    if (!isUrl(url)) {
      throw new UsageError("samlcert metadata fetch needs a URL.", "Give a URL with https://.");
    }
    const bytes = await urlBytes(url, io, MAX_BYTES);
    const found = await look(bytes, invocation.values("trust"), host);
    const path = invocation.value("output") ?? "-";
    const isJson = invocation.flag("json");
    if (!isJson || path !== "-") await saveOutput(bytes, invocation, io);
    if (isJson) io.stdout.write(jsonDocument("metadata-fetch", { url, ...found }));
    else io.stderr.write(`${printable(url)}: ${textOf(found)}\n`);
    return EXIT.ok;
  },
};

interface Found {
  readonly bytes: number;
  readonly entities: number;
  /** The first ones. */
  readonly entityIds: readonly string[];
  readonly verified: boolean;
}

/** Names in the report of an aggregate. */
const MOST = 5;

async function look(
  bytes: Uint8Array,
  trust: readonly string[],
  host: Parameters<Command["run"]>[1],
): Promise<Found> {
  if (trust.length > 0) {
    const { verifyEntities } = await import("../../signature/index.ts");
    const certificates = await trustedCertificates(trust, host);
    const select = { entityIds: [] };
    await verifyEntities(bytes, { trust: { certificates }, now: host.now(), select });
  }
  const { summarizeEntities } = await import("../../metadata/index.ts");
  const entityIds: string[] = [];
  let entities = 0;
  for await (const { entityId } of summarizeEntities(bytes)) {
    entities += 1;
    if (entityIds.length < MOST) entityIds.push(entityId);
  }
  return { bytes: bytes.byteLength, entities, entityIds, verified: trust.length > 0 };
}

function textOf({ bytes, entities, entityIds, verified }: Found): string {
  const names = entityIds.map(printable).join(", ");
  const more = entities > entityIds.length ? ", ..." : "";
  const signature = verified ? "signed by a trusted key" : "the signature was not verified";
  const amount = entities === 1 ? "1 entity" : `${entities} entities`;
  return `${bytes} bytes, ${amount}: ${names}${more}; ${signature}`;
}
