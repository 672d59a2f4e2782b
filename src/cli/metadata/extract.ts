import { metadataRuleCodes } from "../../core/codes/metadata/rules.ts";
import { MetadataError } from "../../core/errors.ts";
import { errorOf } from "../../core/issue.ts";
import { quoted } from "../../core/quote.ts";
import type { EntityDescriptor } from "../../metadata/index.ts";
import { type Command, JSON_OPTION } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { trustedCertificates } from "../input/certificates.ts";
import { URL_OPTION, withUrls } from "../input/urls.ts";
import { jsonDocument } from "../output/json.ts";
import { OUTPUT_OPTIONS, saveOutput } from "../output/save.ts";
import { streamOf } from "./inputs.ts";
import { notFound } from "./not-found.ts";

type Validity = Pick<EntityDescriptor, "validUntil" | "cacheDuration">;

interface Wanted {
  readonly path: string;
  readonly entityId: string;
  /** Files of the certificates whose keys may have signed. If there are none, nothing is verified. */
  readonly trust: readonly string[];
}

/** Every entity of that name; a sound aggregate has one. */
async function find(
  { path, entityId, trust }: Wanted,
  io: Io,
): Promise<readonly EntityDescriptor[]> {
  const select = { entityIds: [entityId] };
  const bytes = streamOf(path, io);
  if (trust.length > 0) {
    const { verifyEntities } = await import("../../signature/index.ts");
    const certificates = await trustedCertificates(trust, io);
    const options = { trust: { certificates }, now: io.now(), select };
    return await verifyEntities(bytes, options);
  }
  const { readEntities } = await import("../../metadata/index.ts");
  const found: EntityDescriptor[] = [];
  for await (const entity of readEntities(bytes, { select })) found.push(entity);
  return found;
}

/** Refuses to choose between entities of one name, unless they mean the same. */
async function refuseDifferent([first, ...others]: readonly EntityDescriptor[]): Promise<void> {
  const { diffMetadata } = await import("../../metadata/index.ts");
  if (first === undefined || others.every((other) => diffMetadata(first, other).same)) return;
  throw errorOf(MetadataError, metadataRuleCodes, {
    code: "metadata.document.duplicate_entity",
    values: { entityId: quoted(first.entityId) },
  });
}

/** A document of the entity alone, with the validity that it inherits from its groups. */
async function documentOf(entity: EntityDescriptor): Promise<string> {
  const { buildMetadata } = await import("../../metadata/index.ts");
  const { inherited } = entity as { inherited?: Validity };
  const validUntil = inherited?.validUntil ?? entity.validUntil;
  const cacheDuration = inherited?.cacheDuration ?? entity.cacheDuration;
  try {
    return buildMetadata({ ...entity, validUntil, cacheDuration });
  } catch (error) {
    if (!(error instanceof MetadataError)) throw error;
    const { code, message, at } = error;
    const hint = "The entity is not valid metadata; --json shows its content.";
    throw new MetadataError(code, message, { hint, at });
  }
}

/** `samlcert metadata extract`: takes one entity out of an aggregate. */
export const metadataExtractCommand: Command = {
  name: "metadata extract",
  summary: "take one entity out of an aggregate of any size",
  description:
    "Writes the entity as a document of its own, with the validity that it inherits, and without the signature, which covers the whole aggregate only. With --trust, nothing is written before the signature of the aggregate is verified.",
  arguments: [
    { name: "FILE", summary: "metadata, also at a URL; - reads standard input", optional: true },
  ],
  options: [
    { name: "entity-id", value: "URI", summary: "the entity", required: true },
    {
      name: "trust",
      value: "FILE",
      summary: "certificate of a trusted signer of the aggregate",
      multiple: true,
    },
    ...OUTPUT_OPTIONS,
    URL_OPTION,
    JSON_OPTION,
  ],
  examples: [
    {
      command: "samlcert metadata extract --entity-id https://idp.example.com - < aggregate.xml",
      does: "from standard input",
    },
    {
      command:
        "samlcert metadata extract --entity-id https://idp.example.com --trust federation.pem aggregate.xml -o idp.xml",
      does: "only if the federation has signed the aggregate",
    },
  ],
  formats: ["metadata-extract"],
  async run(invocation, host) {
    const io = withUrls(invocation, host);
    const [path = "-"] = invocation.arguments;
    const entityId = invocation.value("entity-id") ?? "";
    const found = await find({ path, entityId, trust: invocation.values("trust") }, io);
    const [entity] = found;
    if (entity === undefined) throw await notFound([entityId], [path], io);
    await refuseDifferent(found);
    const text = invocation.flag("json")
      ? jsonDocument("metadata-extract", entity)
      : await documentOf(entity);
    await saveOutput(text, invocation, io);
    return EXIT.ok;
  },
};
