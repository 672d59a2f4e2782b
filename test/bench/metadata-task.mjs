// One measured task of the metadata benchmarks, in a process of its own: prints seconds and peak MB.
// node metadata-task.mjs MODULE TASK FILE [SIGNER]

import { createReadStream, readFileSync } from "node:fs";

const [module, task, file, signer] = process.argv.slice(2);
const { readEntities, summarizeEntities, verifyEntities } = await import(module);
const stream = () => createReadStream(file, { highWaterMark: 128 * 1024 });
const trust = signer && { certificates: [readFileSync(signer, "utf8")] };
const picked = ["https://sp9001.univ-208.example.org/shibboleth"];

const tasks = {
  async floor() {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    for await (const octets of stream()) decoder.decode(octets, { stream: true });
  },
  async read() {
    let count = 0;
    for await (const { entityId, roles } of readEntities(stream()))
      count += entityId.length + roles.length;
    return count;
  },
  async summary() {
    let count = 0;
    for await (const { endpoints, certificates } of summarizeEntities(stream())) {
      count += endpoints.length + certificates.length;
    }
    return count;
  },
  async pick() {
    for await (const { entityId } of readEntities(stream(), { select: { entityIds: picked } })) {
      if (entityId !== picked[0]) throw new Error("picked another");
    }
  },
  async verify() {
    const found = await verifyEntities(stream(), { trust, select: { entityIds: picked } });
    if (found.length > 1) throw new Error("picked more than one");
  },
  async "xml-crypto"() {
    const { SignedXml } = await import("xml-crypto");
    const xml = readFileSync(file, "utf8");
    const check = new SignedXml({ publicCert: trust.certificates[0] });
    check.loadSignature(/<ds:Signature[\s>][\s\S]*?<\/ds:Signature>/.exec(xml)[0]);
    if (!check.checkSignature(xml)) throw new Error("not verified");
  },
  // It knows single entities only: each is cut out, with the declarations of the root.
  async samlify() {
    const { IdPMetadata, SPMetadata } = (await import("samlify")).default;
    const xml = readFileSync(file, "utf8");
    const declarations = /<md:EntitiesDescriptor ((?:xmlns:\w+="[^"]*" )+)/.exec(xml)[1];
    const end = "</md:EntityDescriptor>";
    for (let at = xml.indexOf("<md:EntityDescriptor "); at >= 0; ) {
      const to = xml.indexOf(end, at) + end.length;
      const entity = xml.slice(at, to).replace(" ", ` ${declarations}`);
      (entity.includes("<md:IDPSSODescriptor") ? IdPMetadata : SPMetadata)(entity);
      at = xml.indexOf("<md:EntityDescriptor ", to);
    }
  },
};

const start = performance.now();
await tasks[task]();
const seconds = (performance.now() - start) / 1000;
console.log(seconds, process.resourceUsage().maxRSS / 1024);
