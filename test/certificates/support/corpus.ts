import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { corpusFolder } from "../../support/require.ts";

/** Every file below a folder of the outside test data. */
export function corpusFiles(...parts: readonly string[]): string[] {
  const list = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? list(path) : [path];
    });
  return list(join(corpusFolder, ...parts));
}

/** The answers of other parsers for one certificate. */
export interface Agreement {
  readonly sha256: string;
  readonly file: string;
  readonly openssl: boolean;
  readonly pyca: boolean;
  readonly node: boolean;
  readonly notBefore: number;
  readonly notAfter: number;
}

export function agreements(): Agreement[] {
  const text = readFileSync(join(corpusFolder, "x509", "agreement.tsv"), "utf8");
  const [head = "", ...rows] = text.trim().split("\n");
  const columns = head.split("\t");
  return rows.map((row) => {
    const fields = row.trimEnd().split("\t");
    const field = (name: string): string => fields[columns.indexOf(name)] ?? "";
    return {
      sha256: field("sha256"),
      file: field("file"),
      openssl: field("ossl") === "1",
      pyca: field("pyca48") === "1",
      node: field("node26") === "1",
      notBefore: Number(field("node26_notBefore_ms")) / 1000,
      notAfter: Number(field("node26_notAfter_ms")) / 1000,
    };
  });
}

/** The DER of every certificate file, by its SHA-256; of PEM files, each block. */
export function corpusCertificates(): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const add = (der: Uint8Array): void => {
    found.set(createHash("sha256").update(der).digest("hex"), Uint8Array.from(der));
  };
  for (const file of corpusFiles("x509")) {
    const bytes = readFileSync(file);
    if (bytes[0] === 0x30) add(bytes);
    for (const block of pemBodies(bytes.toString("latin1"))) add(Buffer.from(block, "base64"));
  }
  return found;
}

function pemBodies(text: string): string[] {
  const bodies: string[] = [];
  for (let from = 0; ; ) {
    const begin = text.indexOf("-----BEGIN ", from);
    const close = begin < 0 ? -1 : text.indexOf("-----", begin + 11);
    const end = close < 0 ? -1 : text.indexOf("-----END", close);
    if (end < 0) return bodies;
    bodies.push(text.slice(close + 5, end));
    from = end + 8;
  }
}
