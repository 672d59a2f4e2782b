import { findPrivateKey } from "../../../src/certificates/private-key.ts";
import { make } from "./dom.ts";
import { copy } from "./share.ts";

/** Longer addresses are cut by chat programs. */
const MAX_LINK = 16 * 1024;
/** Upper bound on the text of a link, against hostile ones. */
const MAX_STATE = 512 * 1024;

/** `z` marks a compressed state, `p` a plain one of a browser without compression. */
type Form = "z" | "p";

function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength;
    if (size > MAX_STATE) throw new RangeError("The link contains too much text.");
    chunks.push(next.value);
  }
  return new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

function canCompress(): boolean {
  try {
    return new CompressionStream("deflate-raw") !== undefined;
  } catch {
    return false;
  }
}

/** The fragment of a state: `#certificate=z...`. Nothing is sent: a fragment stays in the browser. */
async function fragmentOf(tab: string, texts: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(texts)) as Uint8Array<ArrayBuffer>;
  const form: Form = canCompress() ? "z" : "p";
  const packed = form === "z" ? await through(bytes, new CompressionStream("deflate-raw")) : bytes;
  return `#${tab}=${form}${toBase64Url(packed)}`;
}

/** The texts in the fragment of a tab; undefined without a readable state, or with a private key in it. */
export async function stateIn(hash: string, tab: string): Promise<readonly string[] | undefined> {
  const start = `#${tab}=`;
  const form = hash.charAt(start.length);
  if (!hash.startsWith(start) || hash.length > 4 * MAX_LINK) return undefined;
  try {
    const bytes = fromBase64Url(hash.slice(start.length + 1));
    const plain =
      form === "z" ? await through(bytes, new DecompressionStream("deflate-raw")) : bytes;
    const texts: unknown = JSON.parse(new TextDecoder().decode(plain));
    if (!Array.isArray(texts) || !texts.every((text) => typeof text === "string")) return undefined;
    return texts.some((text) => findPrivateKey(text) !== undefined) ? undefined : texts;
  } catch {
    return undefined;
  }
}

async function wordsFor(tab: string, texts: readonly string[]): Promise<string> {
  if (texts.some((text) => findPrivateKey(text) !== undefined)) {
    return "No link: the text contains a private key.";
  }
  const fragment = await fragmentOf(tab, texts);
  if (fragment.length > MAX_LINK) return "No link: the text is too long for one. Send the file.";
  history.replaceState(null, "", fragment);
  const copied = await copy(location.href);
  return copied ? "Link copied. It contains the text itself." : "The link is in the address bar.";
}

/** A button that copies a link to what the panel shows. */
export function linkButton(tab: string, texts: () => readonly string[]): HTMLElement {
  const said = make("span", { role: "status", class: "said" });
  const onclick = (): void => {
    void wordsFor(tab, texts()).then((words) => {
      said.textContent = words;
    });
  };
  return make(
    "span",
    { class: "link" },
    make("button", { type: "button", onclick }, "Copy a link to this"),
    " ",
    said,
  );
}
