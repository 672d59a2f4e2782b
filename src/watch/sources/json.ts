import { parseRollover } from "../../keys/index.ts";
import type { LookContext, Seen } from "../source.ts";
import { seenOwnKeys } from "./own-keys.ts";
import { isTrustReport, seenTrustReport } from "./trust-report.ts";

/**
 * The connections of a JSON document: the state of a key rollover, or one or more reports of trusted
 * keys. Undefined for other JSON, such as a JWK set or a paste of a certificate.
 */
export function seenInJson(
  id: string,
  text: string,
  context: LookContext,
): readonly Seen[] | undefined {
  const value = parsed(text);
  if (formatOf(value) === "samlcert.key-rollover") {
    return [seenOwnKeys(id, parseRollover(text), context)];
  }
  const reports = [value].flat();
  if (reports.length === 0 || !reports.every(isTrustReport)) return undefined;
  return reports.map((report) => {
    const own = Array.isArray(value) ? `${id}#${report.entityId}` : id;
    return seenTrustReport(own, report, context);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function formatOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "format" in value
    ? value.format
    : undefined;
}
