import type { Certificate } from "../../certificates/types.ts";
import type { Io } from "../framework/io.ts";
import { named, readInput } from "./files.ts";

const MAX_BYTES = 256 * 1024;

/** The bytes of a file with certificates. */
export async function certificateBytes(path: string, io: Io): Promise<Uint8Array> {
  return await readInput(path, io, { maxBytes: MAX_BYTES, what: "a certificate" });
}

/** The certificates of one or more files. */
export async function certificatesOf(
  paths: readonly string[],
  io: Io,
): Promise<readonly Certificate[]> {
  const { repairCertificates } = await import("../../certificates/repair.ts");
  const lists: (readonly Certificate[])[] = [];
  for (const path of paths) {
    const bytes = await certificateBytes(path, io);
    lists.push(named(path, () => repairCertificates(bytes).certificates));
  }
  return lists.flat();
}
