import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isText, need } from "../../core/argument.ts";
import { errorCode } from "../../core/error-code.ts";
import { checkOptions, LIST, OBJECT, type OptionKinds, TEXT } from "../../core/options.ts";
import { joined } from "../../trusted-keys/source/contents.ts";
import { readSettled } from "../../trusted-keys/source/file.ts";
import { watchError } from "../error.ts";
import {
  DETAILS,
  type LookContext,
  type Seen,
  type SourceDetails,
  type WatchSource,
} from "../source.ts";
import { errorOfCode, failedLook } from "../told.ts";
import { seenInPaste } from "./certificates.ts";
import { type DocumentOptions, seenInDocument } from "./document.ts";
import { seenInJson } from "./json.ts";

/** Options of `watchFiles`. */
export interface WatchFilesOptions extends SourceDetails, DocumentOptions {
  /** The folder that relative paths start from. Default: the current one. */
  readonly folder?: string | undefined;
}

const OPTIONS: OptionKinds<WatchFilesOptions> = {
  ...DETAILS,
  folder: TEXT,
  entityIds: LIST,
  trust: OBJECT,
};

/** Twice the largest aggregate that is known. */
const MAX_BYTES = 256 * 1024 * 1024;
/** The limit of everything that is read as a whole. */
const MAX_WHOLE_BYTES = 8 * 1024 * 1024;
/** Upper bound on the files of one folder. */
const MAX_FILES = 10_000;

/**
 * Files as a source of `watch`: certificates in any form, metadata, the state of a key rollover, or a
 * report of trusted keys; each is told by its content. `paths` is a file or a folder, or a function that
 * lists files each time, such as those of a glob.
 *
 * @example
 * ```ts
 * import { watch, watchFiles } from "samlcert/watch";
 *
 * for await (const { name, state } of watch([watchFiles("/etc/saml")], { now: new Date() })) {
 *   console.log(name, state);
 * }
 * ```
 */
export function watchFiles(
  paths: string | { readonly pattern: string; list(): Promise<readonly string[]> },
  options: WatchFilesOptions = {},
): WatchSource {
  const isPath = isText(paths);
  need(
    () => (isPath ? paths !== "" : isText(paths.pattern) && typeof paths.list === "function"),
    "paths",
    "a path, or an object with pattern and list",
  );
  checkOptions(options, OPTIONS, "watchFiles");
  const {
    name,
    owner,
    labels,
    expiringDays,
    folder = "",
    entityIds,
    trust,
  } = Object(options) as WatchFilesOptions;
  const source = isPath ? paths : paths.pattern;
  return {
    ...{ name, owner, labels, expiringDays },
    kind: "certificates",
    id: `file:${source}`,
    source,
    async look(context) {
      const files = isPath ? await filesAt(paths, folder) : await paths.list();
      if (files.length === 0) throw watchError("watch.no_files", { pattern: source });
      if (files.length > MAX_FILES) {
        throw watchError("watch.too_many_files", { pattern: source, limit: MAX_FILES });
      }
      const found: Seen[] = [];
      for (const file of files) {
        found.push(
          ...(await seenInFile(file, resolve(folder, file), { entityIds, trust }, context)),
        );
      }
      return found;
    },
  };
}

async function filesAt(path: string, base: string): Promise<readonly string[]> {
  const found = await stat(resolve(base, path)).catch((error: unknown) => {
    throw watchError("watch.file_unreadable", { file: path, reason: errorCode(error) });
  });
  if (!found.isDirectory()) return [path];
  const entries = await readdir(resolve(base, path), { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => join(path, name))
    .sort();
}

/** A file that cannot be read does not hide the others of its folder. */
async function seenInFile(
  file: string,
  path: string,
  options: DocumentOptions,
  context: LookContext,
): Promise<readonly Seen[]> {
  const id = `file:${file}`;
  try {
    const { result } = await readSettled(path, MAX_BYTES, (chunks) =>
      seenInChunks(id, chunks, options, context),
    );
    return result.map((seen) => ({ source: file, ...seen }));
  } catch (error) {
    context.signal?.throwIfAborted();
    return [{ ...failedLook(id, error), source: file }];
  }
}

/** `<` of a metadata document, also in UTF-16 and after white space. */
const XML_START =
  /^(?:\uFEFF|\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)?[\s\0]*<[\s\S]*?Entit(?:y|ies)Descriptor[\s>]/;
const JSON_START = /^(?:\u00EF\u00BB\u00BF)?\s*[{[]/;

async function seenInChunks(
  id: string,
  chunks: AsyncIterable<Uint8Array>,
  options: DocumentOptions,
  context: LookContext,
): Promise<readonly Seen[]> {
  const iterator = chunks[Symbol.asyncIterator]();
  const { value } = await iterator.next();
  const first: Uint8Array = value ?? new Uint8Array();
  const head = Buffer.from(first).toString("latin1", 0, 16_384).replaceAll("\0", "");
  const all = joined(first, iterator);
  if (XML_START.test(head)) return await seenInDocument(id, all, options, context);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of all) {
    size += chunk.byteLength;
    if (size > MAX_WHOLE_BYTES) {
      throw watchError("watch.file_too_large", { limit: MAX_WHOLE_BYTES });
    }
    parts.push(chunk);
  }
  const bytes = Buffer.concat(parts);
  const seen = JSON_START.test(head) ? seenInJson(id, bytes.toString("utf8"), context) : undefined;
  return seen ?? [seenInPaste(id, bytes, context)];
}

/** Options of `watchEnvironment`. */
export type WatchEnvironmentOptions = SourceDetails;

/**
 * Certificates in an environment variable as a source of `watch`.
 *
 * @example
 * ```ts
 * import { watch, watchEnvironment } from "samlcert/watch";
 *
 * const source = watchEnvironment("IDP_CERT", process.env);
 * for await (const { state, daysLeft } of watch([source], { now: new Date() })) {
 *   console.log(state, daysLeft);
 * }
 * ```
 */
export function watchEnvironment(
  variable: string,
  environment: Readonly<Record<string, string | undefined>>,
  options: WatchEnvironmentOptions = {},
): WatchSource {
  need(() => isText(variable), "variable", "the name of an environment variable");
  checkOptions(options, DETAILS, "watchEnvironment");
  const id = `env:${variable}`;
  return {
    ...options,
    kind: "certificates",
    id,
    source: id,
    async look(context) {
      const text = environment[variable] ?? "";
      if (text.trim() !== "") return [seenInPaste(id, text, context)];
      const errors = [errorOfCode("watch.variable_empty", { variable })];
      return [{ id, state: "unreachable", certificates: [], errors }];
    },
  };
}
