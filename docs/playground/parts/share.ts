import { make } from "./dom.ts";

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The clipboard needs https. Without it the text is selected instead.
    return false;
  }
}

/** Saves a text as a file. */
export function save(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A text with buttons to copy and save it. */
export function shareable(text: string, label: string, name: string, type: string): HTMLElement {
  const said = make("span", { role: "status", class: "said" });
  const shown = make("pre", {
    class: type.endsWith("xml") ? "text wrap" : "text",
    tabindex: "0",
    role: "group",
    "aria-label": label,
  });
  // Exactly the text that is copied.
  shown.textContent = text;
  const onCopy = async (): Promise<void> => {
    const done = await copy(text);
    if (!done) getSelection()?.selectAllChildren(shown);
    said.textContent = done ? "Copied." : "Selected: press Ctrl+C or Cmd+C to copy.";
  };
  return make(
    "div",
    {},
    make(
      "p",
      { class: "buttons" },
      make("button", { type: "button", onclick: () => void onCopy() }, "Copy"),
      make("button", { type: "button", onclick: () => save(text, name, type) }, `Save as ${name}`),
      said,
    ),
    shown,
  );
}
