import { type Explained, explainIn } from "./annotated.ts";
import { make } from "./dom.ts";

/** Copies a text; false without a clipboard, which needs https. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Saves a text as a file. */
export function save(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A button that copies a text, or selects it in `shown`; `said` says which. */
function copyButton(text: string, shown: HTMLElement, said: HTMLElement): HTMLElement {
  const onCopy = async (): Promise<void> => {
    const done = await copy(text);
    if (!done) getSelection()?.selectAllChildren(shown);
    said.textContent = done ? "Copied." : "Selected: press Ctrl+C or Cmd+C to copy.";
  };
  return make("button", { type: "button", onclick: () => void onCopy() }, "Copy");
}

function statusLine(): HTMLElement {
  return make("span", { role: "status", class: "said" });
}

/** The text itself, in a box that scrolls. */
function textBox(text: string, label: string, look: string): HTMLElement {
  const shown = make("pre", { class: look, tabindex: "0", role: "group", "aria-label": label });
  // Exactly the text that is copied.
  shown.textContent = text;
  return shown;
}

/** A short text with a title and a button to copy it. */
export function copyable(text: string, title: string): HTMLElement {
  const said = statusLine();
  const shown = textBox(text, title, "text wrap");
  return make(
    "div",
    { class: "copyable" },
    make("p", { class: "buttons" }, make("strong", {}, title), copyButton(text, shown, said), said),
    shown,
  );
}

export interface Shared {
  readonly text: string;
  readonly label: string;
  /** The name of the file. */
  readonly name: string;
  readonly type: string;
  /** True if saving it is what people come to the panel for. */
  readonly primary?: boolean;
  /** The parts of the text, for its colours. */
  readonly explained?: Explained | undefined;
  /** Further buttons. */
  readonly more?: readonly HTMLElement[];
}

/** A text with buttons to copy and save it. */
export function shareable({ text, label, name, type, ...look }: Shared): HTMLElement {
  const { primary = false, explained, more = [] } = look;
  const said = statusLine();
  const shown = textBox(text, label, type.endsWith("xml") ? "text wrap" : "text");
  return make(
    "div",
    {},
    make(
      "p",
      { class: "buttons" },
      make(
        "button",
        {
          type: "button",
          class: primary ? "primary" : "",
          onclick: () => save(text, name, type),
        },
        `Save as ${name}`,
      ),
      copyButton(text, shown, said),
      ...more,
      said,
    ),
    ...(explained === undefined ? [] : [explainIn(shown, explained)]),
    shown,
  );
}
