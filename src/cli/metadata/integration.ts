import type { IntegrationNames, IntegrationSignIn } from "../../metadata/index.ts";
import { inputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { inputName, readInput } from "../input/files.ts";

/** Reads an integration as a provider's API answers it, or as `samlcert sendgrid` prints it. */
export async function integrationFile(
  path: string,
  io: Io,
): Promise<IntegrationNames & IntegrationSignIn> {
  const bytes = await readInput(path, io, { maxBytes: 1024 * 1024, what: "an integration" });
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    value = undefined;
  }
  if (!isObject(value)) {
    throw inputError("cli.input_invalid", {
      file: inputName(path),
      expected: "a JSON object with an integration's fields",
      source: "the answer of GET /v3/sso/integrations/{id}, saved to a file",
    });
  }
  return "integration" in value && isObject(value.integration) ? value.integration : value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
