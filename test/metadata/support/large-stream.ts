import { createReadStream, readFileSync } from "node:fs";
import { readEntities } from "../../../src/metadata/stream/entities.ts";
import { verifyEntities } from "../../../src/signature/index.ts";

/** Reads 110 MB of entities from a stream, and verifies a signed file: for a process of its own. */
const [signed, certificate] = process.argv.slice(2) as [string, string];

const COUNT = 20_000;
const filler = "x".repeat(5000);

async function* aggregate(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">');
  for (let i = 0; i < COUNT; i++) {
    yield Buffer.from(
      `<EntityDescriptor entityID="urn:e:${i}"><Organization><OrganizationName xml:lang="en">${i} é ${filler}</OrganizationName></Organization></EntityDescriptor>\n`,
    );
  }
  yield Buffer.from("</EntitiesDescriptor>");
}

let read = 0;
for await (const { entityId } of readEntities(aggregate())) if (entityId !== "") read++;
let picked = 0;
const select = { entityIds: ["urn:e:19999"] };
for await (const { entityId } of readEntities(aggregate(), { select })) if (entityId) picked++;
const verified = await verifyEntities(createReadStream(signed), {
  trust: { certificates: [readFileSync(certificate, "utf8")] },
  select: { entityIds: ["urn:last"] },
});
console.log(`${read} ${picked} ${verified.length}`);
