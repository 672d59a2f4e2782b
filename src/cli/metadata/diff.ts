import type { KeyChange, MetadataDiff, RotationStage } from "../../metadata/index.ts";
import { type Command, JSON_OPTION } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { named } from "../input/files.ts";
import { URL_OPTION, withUrls } from "../input/urls.ts";
import { jsonDocument } from "../output/json.ts";
import { type Style, styleFor } from "../output/style.ts";
import { fitted, printable } from "../output/text.ts";
import { readDocument } from "./inputs.ts";

const STAGES: Readonly<Record<RotationStage, string>> = {
  introduced: "the next key is published together with the old one: trust both",
  retired: "an old key was removed: stop trusting it",
  rolled: "an old key was removed and a next one added",
  renewed: "the same key, in another certificate",
  replaced: "every key is new: services that have not read this metadata are locked out",
  added: "the first key",
  removed: "no key is left",
};

function keyText({ entityId, role, use, added, removed, stage }: KeyChange, style: Style): string {
  const lines = [
    `${printable(entityId)}: ${role}, ${use}: ${STAGES[stage]}`,
    ...removed.map((key) => style.bad(`  - ${key}`)),
    ...added.map((key) => style.good(`  + ${key}`)),
  ];
  return `${lines.join("\n")}\n`;
}

function diffText({ same, entities, keys, changes, isRotation }: MetadataDiff, io: Io): string {
  const style = styleFor(io.stdout, io);
  if (same) return "No change in meaning.\n";
  const lines = [
    ...entities.removed.map((id) => style.bad(`- entity ${printable(id)}`)),
    ...entities.added.map((id) => style.good(`+ entity ${printable(id)}`)),
    ...changes.flatMap(({ entityId, path, before, after }) => [
      `${printable(entityId)}: ${printable(path)}`,
      ...(before === undefined ? [] : [style.bad(`  - ${printable(before)}`)]),
      ...(after === undefined ? [] : [style.good(`  + ${printable(after)}`)]),
    ]),
  ];
  const end = isRotation ? "Only keys changed: this is a key rotation.\n" : "";
  const rest = lines.length === 0 ? "" : `${lines.join("\n")}\n`;
  return keys.map((change) => keyText(change, style)).join("") + rest + end;
}

/** `samlcert metadata diff`: compares two versions of metadata. */
export const metadataDiffCommand: Command = {
  name: "metadata diff",
  summary: "show changes in meaning between two versions of metadata",
  description:
    "The order of elements, prefixes, white space and signatures do not count. Exits with 0 if nothing changed, and with 1 if something did.",
  arguments: [
    { name: "BEFORE", summary: "the older metadata, also at a URL" },
    { name: "AFTER", summary: "the newer metadata; - reads standard input" },
  ],
  options: [URL_OPTION, JSON_OPTION],
  examples: [{ command: "samlcert metadata diff old.xml new.xml", does: "compare two files" }],
  formats: ["metadata-diff"],
  async run(invocation, host) {
    const io = withUrls(invocation, host);
    const { diffMetadata, parseMetadata } = await import("../../metadata/index.ts");
    const [before = "-", after = "-"] = invocation.arguments;
    const [old, next] = [await readDocument(before, io), await readDocument(after, io)];
    const compared = (): MetadataDiff => {
      try {
        return diffMetadata(old, next);
      } catch (error) {
        named(before, () => parseMetadata(old));
        named(after, () => parseMetadata(next));
        throw error;
      }
    };
    const diff = compared();
    io.stdout.write(
      invocation.flag("json")
        ? jsonDocument("metadata-diff", diff)
        : fitted(diffText(diff, io), io.stdout, Infinity),
    );
    return diff.same ? EXIT.ok : EXIT.findings;
  },
};
