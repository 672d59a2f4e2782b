import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Count } from "./stage.ts";

/** The sign-ins of one procedure. */
export interface Row {
  readonly procedure: string;
  readonly idp: string;
  /** The word by which a person accepted the danger. */
  readonly accepted?: string | undefined;
  readonly counts: readonly Count[];
}

const rows: Row[] = [];

export function tally(row: Row): void {
  rows.push(row);
}

/** Leaves the numbers for the report, where one is asked for. */
export function save(): void {
  const folder = process.env["SAMLCERT_SIGNINS"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "signins.json"), JSON.stringify(rows));
}
