import { sha256Hex } from "../../core/digest.ts";
import { checkOptions, type OptionKinds, TEXT } from "../../core/options.ts";
import { connectionStates } from "../states.ts";
import type { ConnectionStatus } from "../types.ts";
import { type CleanStatus, cleanStatuses } from "./clean.ts";
import { isFile, sentences } from "./finding-words.ts";

/** Options of `sarif`. */
export interface SarifOptions {
  /** The version of the tool that made the report. */
  readonly version?: string | undefined;
}

const OPTIONS: OptionKinds<SarifOptions> = { version: TEXT };

const LEVELS: Readonly<Record<CleanStatus["urgency"], string>> = {
  bad: "error",
  soon: "warning",
  wait: "note",
  good: "none",
};

/**
 * The statuses that need attention as a SARIF 2.1.0 log (OASIS), one result a connection; the rules are
 * the states.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { type ConnectionStatus, sarif } from "samlcert/watch";
 *
 * export function save(statuses: readonly ConnectionStatus[]): void {
 *   writeFileSync("samlcert.sarif", sarif(statuses));
 * }
 * ```
 */
export function sarif(statuses: readonly ConnectionStatus[], options: SarifOptions = {}): string {
  checkOptions(options, OPTIONS, "sarif");
  const results = cleanStatuses(statuses)
    .filter(({ actionNeeded }) => actionNeeded)
    .map(resultOf);
  const driver = {
    name: "samlcert",
    ...(options?.version !== undefined && { version: options.version }),
    rules: rules(),
  };
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rules(): readonly object[] {
  return Object.entries(connectionStates).map(([id, { meaning, urgency }]) => ({
    id,
    shortDescription: { text: `${meaning}.` },
    defaultConfiguration: { level: LEVELS[urgency] },
  }));
}

function resultOf(status: CleanStatus): object {
  const { id, name, state, urgency } = status;
  const key = new TextEncoder().encode(`${id}\n${state}`);
  return {
    ruleId: state,
    level: LEVELS[urgency],
    message: { text: `${name}: ${sentences(status).join(" ")}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(status) },
          region: { startLine: 1 },
        },
        logicalLocations: [{ name, fullyQualifiedName: id, kind: "resource" }],
      },
    ],
    // The same finding in two logs, wherever its line has moved (SARIF 2.1.0, 3.27.17).
    partialFingerprints: { "connectionState/v1": sha256Hex(key) },
  };
}

/** Results without a place are not shown, so a source that is no file is written as one. */
function uriOf(status: CleanStatus): string {
  const source = isFile(status) ? status.source.replaceAll("\\", "/") : status.source;
  return encodeURI(source);
}
