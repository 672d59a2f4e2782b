import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { specFolder } from "./prism.ts";

type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly parameters?: readonly Json[];
  readonly requestBody?: Json;
  readonly responses: Readonly<Record<string, Json>>;
}

/** A request or an answer that departs from the document. */
export type Departure = string;

export interface CheckedFetch {
  readonly fetch: typeof globalThis.fetch;
  readonly departures: readonly Departure[];
  /** The operations that were called, by their `operationId`. */
  readonly called: ReadonlySet<string>;
}

const BASE = "document";

/** Every object schema refuses what it does not name: stricter than the document itself. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value)]),
  );
  const isObject = copy["type"] === "object" && copy["properties"] !== undefined;
  // `nullable` is of OpenAPI 3.0; the document uses it all the same.
  if (copy["nullable"] === true)
    return { anyOf: [{ type: "null" }, { ...copy, nullable: undefined }] };
  return isObject ? { ...copy, additionalProperties: false } : copy;
}

function pattern(route: string): RegExp {
  const escaped = route.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{[^}]+\}/g, "[^/]+");
  return new RegExp(`^${escaped}$`);
}

/** A `fetch` that holds every request and every answer against an OpenAPI 3.1 document. */
export function checkedFetch(spec: string): CheckedFetch {
  const text = readFileSync(`${specFolder}/${spec}`, "utf8");
  const document = closed(JSON.parse(text)) as { paths: Json } & Json;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, BASE);
  const departures: Departure[] = [];
  const called = new Set<string>();

  const pointer = (...parts: readonly string[]): string =>
    parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

  /** The object at a pointer, `$ref` followed. */
  function at(path: string): { readonly path: string; readonly value: Json | undefined } {
    const value = path
      .split("/")
      .slice(1)
      .reduce<unknown>(
        (node, part) =>
          (node as Json | undefined)?.[part.replaceAll("~1", "/").replaceAll("~0", "~")],
        document,
      ) as Json | undefined;
    const reference = value?.["$ref"];
    return typeof reference === "string" ? at(reference.slice(1)) : { path, value };
  }

  function hold(what: string, path: string, body: unknown): void {
    const { path: found, value } = at(path);
    if (value === undefined) {
      if (body !== undefined) departures.push(`${what}: a body where none is documented`);
      return;
    }
    const schema = `${found}/content/application~1json/schema`;
    if (at(schema).value === undefined) {
      if (body !== undefined) departures.push(`${what}: a body where none is documented`);
      return;
    }
    const validate = ajv.getSchema(`${BASE}#${encodeURI(schema)}`);
    if (validate === undefined) throw new Error(`no schema at ${schema}`);
    if (validate(body) !== true) departures.push(`${what}: ${ajv.errorsText(validate.errors)}`);
  }

  return {
    departures,
    called,
    async fetch(input, init) {
      const url = new URL(String(input));
      const method = (init?.method ?? "GET").toLowerCase();
      const route = Object.keys(document.paths).find((name) => pattern(name).test(url.pathname));
      const path = pointer("paths", route ?? "", method);
      const operation = at(path).value as (Operation & Json) | undefined;
      const what = `${method} ${url.pathname}`;
      if (operation === undefined) {
        departures.push(`${what}: no such operation`);
        return await fetch(input, init);
      }
      called.add(String(operation["operationId"]));
      const shared = at(pointer("paths", route ?? "", "parameters")).value as unknown;
      const parameters = [...(operation.parameters ?? []), ...((shared ?? []) as readonly Json[])];
      for (const name of url.searchParams.keys()) {
        const known = parameters.some((one) => one["name"] === name && one["in"] === "query");
        if (!known) departures.push(`${what}: the parameter ${name}`);
      }
      const body = typeof init?.body === "string" ? JSON.parse(init.body) : undefined;
      hold(`${what} request`, `${path}/requestBody`, body);
      const response = await fetch(input, init);
      const answered = await response.clone().text();
      const status = String(response.status);
      if (operation.responses[status] === undefined) departures.push(`${what}: status ${status}`);
      else
        hold(
          `${what} ${status}`,
          `${path}/responses/${status}`,
          answered === "" ? undefined : JSON.parse(answered),
        );
      return response;
    },
  };
}
