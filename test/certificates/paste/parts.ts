import { createHash } from "node:crypto";
import type { Mangling } from "../support/manglings.ts";

/** One paste in a table: its name, a code that the report must hold, and how it comes about. */
export type Row = readonly [name: string, code: string | undefined, mangle: Mangling["mangle"]];

export const manglings = (rows: readonly Row[]): Mangling[] =>
  rows.map(([name, code, mangle]) => ({ name, code, mangle }));

export const lines = (pem: string): string[] => pem.trimEnd().split("\n");
export const bodyLines = (pem: string): string[] => lines(pem).slice(1, -1);
export const body = (pem: string): string => bodyLines(pem).join("");
export const der = (pem: string): Buffer => Buffer.from(body(pem), "base64");
export const base64 = (text: string): string => Buffer.from(text).toString("base64");

export const BEGIN = "-----BEGIN CERTIFICATE-----";
export const END = "-----END CERTIFICATE-----";
export const armour = (text: string): string => `${BEGIN}\n${text}\n${END}\n`;

/** Text in rows of so many characters. */
export const columns = (text: string, width: number): string[] =>
  text.match(new RegExp(`[^]{1,${width}}`, "g")) ?? [];

/** Every line changed. */
export const each = (pem: string, change: (line: string, index: number) => string): string =>
  `${lines(pem).map(change).join("\n")}\n`;

export const indent = (pem: string, blanks: number | string): string =>
  each(pem, (line) => `${typeof blanks === "number" ? " ".repeat(blanks) : blanks}${line}`);

/** SHA-1 as certificate viewers print it. */
export const sha1 = (pem: string): string =>
  (createHash("sha1").update(der(pem)).digest("hex").toUpperCase().match(/../g) ?? []).join(":");
