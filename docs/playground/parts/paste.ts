import { make } from "./dom.ts";

/** The content of a field: typed or pasted text, or the bytes of a binary file. */
export interface Paste {
  readonly input: string | Uint8Array;
  /** The text for marking faults; empty for bytes. */
  readonly text: string;
}

/** A field to paste into, drop a file on, or choose a file for. */
export interface PasteField {
  readonly element: HTMLElement;
  /** Enters a text as if it were pasted. */
  fill(text: string): void;
}

export interface PasteOptions {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly rows: number;
  /** Larger files are refused unread. */
  readonly maxBytes: number;
  /** The hint for a file that is too large. */
  readonly tooLarge: string;
  readonly onChange: (paste: Paste) => void;
  /** Takes several files at once. Without it the first one is read. */
  readonly onFiles?: (pastes: readonly NamedPaste[]) => void;
}

/** The content of a file; undefined if it cannot be read or is too large. */
export interface NamedPaste {
  readonly name: string;
  readonly paste: Paste | undefined;
}

const TYPING_PAUSE_MS = 150;
/** Lets the browser paint the status line before it blocks on a large document. */
const PAINT_MS = 50;
/** Browsers become slow with longer texts in a text field. */
const MAX_SHOWN = 512 * 1024;
/** Upper bound on files that are read at once. */
const MAX_FILES = 200;

/** The text of a file; undefined for a binary file. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function limitWords(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return mebibytes < 1 ? `${bytes / 1024} KiB` : `${mebibytes} MiB`;
}

function sizeWords(bytes: Uint8Array, text: string | undefined): string {
  if (bytes.byteLength === 0) return "empty";
  const size = `${bytes.byteLength.toLocaleString("en")} bytes`;
  if (text === undefined) return `${size}, not text`;
  return text.length <= MAX_SHOWN ? size : `${size}, too long to display`;
}

/** The contents of files, in their order. */
async function readAll(files: readonly File[], maxBytes: number): Promise<NamedPaste[]> {
  return await Promise.all(
    files.map(async (file) => {
      if (file.size > maxBytes) return { name: file.name, paste: undefined };
      const bytes = await bytesOf(file);
      const paste = bytes === undefined ? undefined : { input: bytes, text: textOf(bytes) ?? "" };
      return { name: file.name, paste };
    }),
  );
}

/** The bytes of a file; undefined for a folder, and for a file that may not be read. */
async function bytesOf(file: File): Promise<Uint8Array | undefined> {
  return await file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => undefined,
  );
}

export function pasteField(options: PasteOptions): PasteField {
  const { id, label, help, rows, maxBytes, tooLarge, onChange, onFiles } = options;
  const said = make("p", { class: "said", role: "status" });
  const area = make("textarea", {
    ...{ id, rows: String(rows), spellcheck: "false", autocomplete: "off", autocapitalize: "off" },
    "aria-describedby": `${id}-help`,
  });
  // The last input wins, even if an earlier file takes longer to read.
  let pause: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;
  const begin = (words: string): number => {
    clearTimeout(pause);
    said.textContent = words;
    latest += 1;
    return latest;
  };
  const fill = (text: string, words = ""): void => {
    begin(words);
    area.value = text;
    onChange({ input: text, text });
  };
  area.addEventListener("input", () => {
    begin("");
    pause = setTimeout(() => onChange({ input: area.value, text: area.value }), TYPING_PAUSE_MS);
  });
  const refuse = (what: string): void =>
    fill("", `${what} is larger than ${limitWords(maxBytes)}: ${tooLarge}`);
  /** Shows the status line and reads the input; a long one after the line is painted. */
  const take = async (words: string, paste: Paste): Promise<void> => {
    const long = paste.input.length > MAX_SHOWN;
    const turn = begin(long ? `${words}: reading …` : words);
    area.value = long ? "" : paste.text;
    if (long) await new Promise((resolve) => setTimeout(resolve, PAINT_MS));
    if (turn !== latest) return;
    onChange(paste);
    said.textContent = words;
  };
  area.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if (text.length <= Math.min(maxBytes, MAX_SHOWN)) return;
    event.preventDefault();
    if (text.length > maxBytes) return refuse("The pasted text");
    const size = text.length.toLocaleString("en");
    const words = `The pasted text, ${size} characters, too long to display`;
    void take(words, { input: text, text });
  });
  const readMany = async (
    files: ArrayLike<File>,
    give: (pastes: readonly NamedPaste[]) => void,
  ): Promise<void> => {
    fill("");
    const turn = begin(`${files.length} files`);
    const pastes = await readAll(Array.from(files).slice(0, MAX_FILES), maxBytes);
    if (turn === latest) give(pastes);
  };
  const read = async (files: ArrayLike<File>): Promise<void> => {
    const file = files[0];
    if (file === undefined) return;
    if (files.length > 1 && onFiles !== undefined) return await readMany(files, onFiles);
    if (file.size > maxBytes) return refuse(file.name);
    const turn = begin("");
    const bytes = await bytesOf(file);
    if (turn !== latest) return;
    if (bytes === undefined)
      return fill("", `${file.name} cannot be read. Check that it is a file, not a folder.`);
    const text = textOf(bytes);
    const first = files.length === 1 ? "" : `The first of ${files.length} files: `;
    const words = `${first}${file.name}, ${sizeWords(bytes, text)}`;
    await take(words, { input: bytes, text: text ?? "" });
  };
  const chooser = make("input", {
    ...{ type: "file", id: `${id}-file`, multiple: onFiles !== undefined },
    onchange: () => void read(chooser.files ?? []).finally(() => (chooser.value = "")),
  });
  const element = make(
    "div",
    {
      class: "paste",
      ondragover: (event) => {
        if (!(event as DragEvent).dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        element.classList.add("over");
      },
      ondragleave: () => element.classList.remove("over"),
      ondrop: (event) => {
        element.classList.remove("over");
        const { files } = (event as DragEvent).dataTransfer ?? {};
        // Dragged text is left to the browser.
        if (files === undefined || files.length === 0) return;
        event.preventDefault();
        void read(files);
      },
    },
    make("label", { for: id }, label),
    make("p", { class: "help", id: `${id}-help` }, help),
    area,
    make(
      "p",
      { class: "buttons" },
      make(
        "label",
        { for: `${id}-file`, class: "button" },
        onFiles === undefined ? "Choose a file" : "Choose files",
      ),
      chooser,
      make("button", { type: "button", onclick: () => fill("") }, "Clear"),
      said,
    ),
  );
  return { element, fill: (text) => fill(text) };
}
