import { isoTime } from "../../../core/time.ts";
import type { Role, UntrustedEntity } from "../../../metadata/index.ts";
import { type Command, type Invocation, JSON_OPTION } from "../../command.ts";
import { EXIT, InputError } from "../../exit.ts";
import { inputName } from "../../files.ts";
import { eachFile } from "../../globs.ts";
import type { Io } from "../../io.ts";
import { type Style, styleFor } from "../../output/style.ts";
import { jsonOutput, printable } from "../../output/text.ts";
import { octetsOf } from "./inputs.ts";

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
        `    ${use.padEnd(26)} ${publicKey.algorithm} ${publicKey.bits}, until ${notAfter.iso.slice(0, 10)}, SHA-256 ${fingerprint.sha256.slice(0, 16)}`,
    ),
    ...(keyInfo?.unreadableCertificates ?? []).map(
      () => `    ${use.padEnd(26)} unreadable certificate`,
    ),
  ]);
}

function entityText(entity: UntrustedEntity, style: Style): string {
  const until = (entity.inherited?.validUntil ?? entity.validUntil)?.unixSeconds;
  const lines = [
    style.bold(entity.entityId === "" ? "(no entityID)" : printable(entity.entityId)),
    `  ${until === undefined ? "valid without end" : `valid until ${isoTime(until)}`}`,
    ...(entity.roles ?? []).flatMap((role) => [
      `  ${role.type}`,
      ...endpointLines(role),
      ...keyLines(role),
    ]),
  ];
  return `${lines.map((line) => (line.startsWith(" ") ? printable(line) : line)).join("\n")}\n`;
}

/** `samlcert metadata inspect`: shows what metadata says. */
export const metadataInspectCommand: Command = {
  name: "metadata inspect",
  summary: "show the entities, endpoints and keys of SAML metadata",
  description: "Judges nothing and verifies nothing. Reads aggregates of any size as a stream.",
  arguments: [{ name: "FILE", summary: "metadata; - for standard input", many: true }],
  options: [
    { name: "entity-id", value: "URI", summary: "only this entity", multiple: true },
    { name: "list", summary: "print only the entityIDs, one a line" },
    JSON_OPTION,
  ],
  examples: [
    { command: "samlcert metadata inspect idp.xml", does: "see what a file says" },
    { command: "samlcert metadata inspect --list - < aggregate.xml", does: "list a federation" },
  ],
  formats: ["metadata-inspect"],
  async run(invocation, io) {
    const wanted = invocation.values("entity-id");
    const print = printerOf(invocation, io);
    print.begin();
    const found = await eachEntity(invocation.arguments, wanted, io, print.entity);
    print.end(found);
    if (wanted.length > 0 && found === 0) throw notFound(wanted, invocation.arguments);
    return EXIT.ok;
  },
};

async function eachEntity(
  patterns: readonly string[],
  entityIds: readonly string[],
  io: Io,
  look: (entity: UntrustedEntity, place: number) => void,
): Promise<number> {
  const { readEntities } = await import("../../../metadata/index.ts");
  const select = entityIds.length === 0 ? undefined : { entityIds };
  let found = 0;
  for await (const path of eachFile(patterns, io)) {
    for await (const entity of readEntities(octetsOf(path, io), { select })) {
      look(entity, found++);
    }
  }
  return found;
}

/** Prints entities as they come: an aggregate is larger than the memory that it may take. */
interface Printer {
  readonly begin: () => void;
  readonly entity: (entity: UntrustedEntity, place: number) => void;
  readonly end: (found: number) => void;
}

function printerOf(invocation: Invocation, io: Io): Printer {
  const { stdout } = io;
  const nothing = (): void => undefined;
  if (invocation.flag("json")) {
    return {
      begin: () => stdout.write('{"format":"samlcert/metadata-inspect/v1","entities":['),
      entity: (entity, place) =>
        stdout.write(`${place === 0 ? "" : ","}\n${jsonOutput(entity, 0).trimEnd()}`),
      end: () => stdout.write("\n]}\n"),
    };
  }
  if (invocation.flag("list")) {
    const entity = ({ entityId }: UntrustedEntity): void =>
      stdout.write(`${printable(entityId)}\n`);
    return { begin: nothing, entity, end: nothing };
  }
  const style = styleFor(stdout, io);
  return {
    begin: nothing,
    entity: (entity) => stdout.write(entityText(entity, style)),
    end: (found) => (found > 1 ? stdout.write(`${found} entities\n`) : undefined),
  };
}

/** None of the entities that were asked for is there. */
export function notFound(wanted: readonly string[], paths: readonly string[]): InputError {
  return new InputError(
    "cli.input_unreadable",
    `${paths.map(inputName).join(", ")} has no entity ${wanted.map((id) => JSON.stringify(id)).join(", ")}.`,
    "Names have to be the same to the last character; list them with samlcert metadata inspect --list.",
  );
}
