import { quoted } from "../../core/quote.ts";
import { type InputError, inputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { inputName } from "../input/files.ts";
import { streamOf } from "./inputs.ts";

const MOST = 3;

/** An entityID without the common mistakes: case, scheme, port and a trailing slash. */
function skeleton(entityId: string): string {
  return entityId
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/:\d+(?=\/|$)/, "")
    .replace(/\/+$/, "");
}

const host = (entityId: string): string => skeleton(entityId).split(/[/?#]/, 1)[0] ?? "";

/** Similar names in the files: equal except for common mistakes, or of the same host. */
async function nearNames(
  wanted: readonly string[],
  paths: readonly string[],
  io: Io,
): Promise<readonly string[]> {
  const { summarizeEntities } = await import("../../metadata/index.ts");
  const [skeletons, hosts] = [new Set(wanted.map(skeleton)), new Set(wanted.map(host))];
  const alike: string[] = [];
  const related: string[] = [];
  // Standard input cannot be read twice.
  for (const path of paths.filter((name) => name !== "-")) {
    for await (const { entityId } of summarizeEntities(streamOf(path, io))) {
      if (skeletons.has(skeleton(entityId))) alike.push(entityId);
      else if (hosts.has(host(entityId)) && related.length < MOST) related.push(entityId);
    }
  }
  return [...alike, ...related].slice(0, MOST);
}

/** The error if none of the wanted entities is found. */
export async function notFound(
  wanted: readonly string[],
  paths: readonly string[],
  io: Io,
): Promise<InputError> {
  const near = await nearNames(wanted, paths, io);
  return inputError("cli.entity_not_found", {
    file: paths.map(inputName).join(", "),
    wanted: listed(wanted),
    suggestion: near.length === 0 ? "" : `Did you mean ${listed(near)}? `,
  });
}

function listed(names: readonly string[]): string {
  return names.map(quoted).join(", ");
}
