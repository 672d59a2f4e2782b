import { keyText } from "../../certificates/key-text.ts";
import { quoted } from "../../core/quote.ts";
import type { MetadataTime, Role, UntrustedEntity } from "../../metadata/index.ts";
import { type Command, type Invocation, JSON_OPTION } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { type FailedInput, isFailedInput, tellFailed } from "../input/failed.ts";
import { inputName } from "../input/files.ts";
import { eachFile } from "../input/globs.ts";
import { URL_OPTION, withUrls } from "../input/urls.ts";
import { type Style, styleFor } from "../output/style.ts";
import { fitted, jsonOutput, printable } from "../output/text.ts";
import { streamOf } from "./inputs.ts";
import { notFound } from "./not-found.ts";

function endpointLines(role: Role): readonly string[] {
  return Object.entries(role).flatMap(([name, list]) =>
    !Array.isArray(list) || !/Services$/.test(name)
      ? []
      : (list as readonly { binding?: string; location?: string }[])
          .filter(({ location }) => location !== undefined)
          .map(({ binding = "", location = "" }) => {
            const short = binding.replace(/^urn:oasis:names:tc:SAML:[^:]+:bindings:/, "");
            return `    ${name.replace(/s$/, "").padEnd(26)} ${short.padEnd(14)} ${location}`;
          }),
  );
}

function keyLines(role: Role): readonly string[] {
  return (role.keyDescriptors ?? []).flatMap(({ use = "both uses", keyInfo }) => [
    ...(keyInfo?.certificates ?? []).map(
      ({ publicKey, fingerprint, notAfter }) =>
        `    ${use.padEnd(26)} ${keyText(publicKey)}, until ${notAfter.iso.slice(0, 10)}, SHA-256 ${fingerprint.sha256.slice(0, 16)}`,
    ),
    ...(keyInfo?.issuers ?? []).map(
      ({ subject }) => `    ${"".padEnd(26)} not a key, but its issuer: ${subject.text}`,
    ),
    ...(keyInfo?.unreadableCertificates ?? []).map(
      () => `    ${use.padEnd(26)} not exactly one certificate: see samlcert metadata validate`,
    ),
  ]);
}

function validityText(validUntil: MetadataTime | undefined): string {
  if (validUntil === undefined) return "no expiry (no validUntil)";
  const { iso, unreadable } = validUntil;
  return unreadable === undefined
    ? `valid until ${iso}`
    : `expired: validUntil is not a time: ${quoted(unreadable)}`;
}

function entityText(entity: UntrustedEntity, style: Style): string {
  const validUntil = entity.inherited?.validUntil ?? entity.validUntil;
  const lines = [
    style.bold(entity.entityId === "" ? "(no entityID)" : printable(entity.entityId)),
    `  ${validityText(validUntil)}`,
    ...(entity.roles ?? []).flatMap((role) => [
      `  ${role.type}`,
      ...endpointLines(role),
      ...keyLines(role),
    ]),
  ];
  return `${lines.map((line) => (line.startsWith(" ") ? printable(line) : line)).join("\n")}\n`;
}

/** `samlcert metadata inspect`: shows the content of metadata. */
export const metadataInspectCommand: Command = {
  name: "metadata inspect",
  summary: "show the entities, endpoints and keys of SAML metadata",
  description: "Neither checks nor verifies anything. Reads aggregates of any size as a stream.",
  arguments: [
    { name: "FILE", summary: "metadata, also at a URL; - reads standard input", many: true },
  ],
  options: [
    { name: "entity-id", value: "URI", summary: "only this entity", multiple: true },
    { name: "list", summary: "print only the entityIDs, one per line" },
    URL_OPTION,
    JSON_OPTION,
  ],
  examples: [
    { command: "samlcert metadata inspect idp.xml", does: "show what a file contains" },
    { command: "samlcert metadata inspect --list - < aggregate.xml", does: "list a federation" },
  ],
  formats: ["metadata-inspect"],
  async run(invocation, host) {
    const io = withUrls(invocation, host);
    const wanted = invocation.values("entity-id");
    const print = printerOf(invocation, io);
    const { found, read, failed } = await eachEntity(
      invocation.arguments,
      wanted,
      io,
      print.entity,
    );
    const [only] = failed;
    if (read.length === 0 && failed.length === 1 && only !== undefined) throw only.error;
    for (const { file, error } of failed) tellFailed(file, error, io);
    if (wanted.length > 0 && found === 0 && failed.length === 0) {
      throw await notFound(wanted, read, io);
    }
    print.end(found);
    return failed.length > 0 ? EXIT.unreadable : EXIT.ok;
  },
};

interface Inspected {
  /** The number of entities. */
  readonly found: number;
  readonly read: readonly string[];
  readonly failed: readonly { readonly file: string; readonly error: FailedInput }[];
}

async function eachEntity(
  patterns: readonly string[],
  entityIds: readonly string[],
  io: Io,
  look: (entity: UntrustedEntity, place: number) => void,
): Promise<Inspected> {
  const { readEntities } = await import("../../metadata/index.ts");
  const select = entityIds.length === 0 ? undefined : { entityIds };
  const read: string[] = [];
  const failed: { file: string; error: FailedInput }[] = [];
  let found = 0;
  for await (const path of eachFile(patterns, io)) {
    try {
      for await (const entity of readEntities(streamOf(path, io), { select })) {
        look(entity, found++);
      }
      read.push(path);
    } catch (error) {
      if (!isFailedInput(error)) throw error;
      failed.push({ file: inputName(path), error });
    }
  }
  return { found, read, failed };
}

/** Prints entities as they come: an aggregate is larger than the memory that it may take. */
interface Printer {
  readonly entity: (entity: UntrustedEntity, place: number) => void;
  readonly end: (found: number) => void;
}

function printerOf(invocation: Invocation, io: Io): Printer {
  const { stdout } = io;
  // Not before something was read: what cannot be read at all is told as one document, too.
  const head = '{"format":"samlcert/metadata-inspect/v1","entities":[';
  if (invocation.flag("json")) {
    return {
      entity: (entity, place) =>
        stdout.write(`${place === 0 ? head : ","}\n${jsonOutput(entity, 0).trimEnd()}`),
      end: (found) => stdout.write(`${found === 0 ? head : ""}\n]}\n`),
    };
  }
  if (invocation.flag("list")) {
    const entity = ({ entityId }: UntrustedEntity): void =>
      stdout.write(`${printable(entityId)}\n`);
    return { entity, end: () => undefined };
  }
  const style = styleFor(stdout, io);
  return {
    entity: (entity) => stdout.write(fitted(entityText(entity, style), stdout, Infinity)),
    end: (found) => (found > 1 ? stdout.write(`${found} entities\n`) : undefined),
  };
}
