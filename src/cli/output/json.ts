import type { ErrorJson, SamlCertError } from "../../core/errors.ts";
import type { OutputName, Outputs } from "../../schemas/documents.ts";
import { formatOf } from "../../schemas/format.ts";
import { jsonOutput } from "./text.ts";

/** The document of a format as `--json` prints it. */
export function jsonDocument<Name extends OutputName>(name: Name, body: Outputs[Name]): string {
  return jsonOutput({ format: formatOf(name), ...body });
}

/** An error as `--json` prints it, with the place that explains its code. */
export function errorJson(error: SamlCertError): ErrorJson {
  return { ...error.toJSON(), docs: error.docs };
}
