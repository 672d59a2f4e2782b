import { make } from "../parts/dom.ts";

export function urlInput(name: string): HTMLInputElement {
  return make("input", {
    ...{ id: name, name, type: "url", inputmode: "url", autocomplete: "off", spellcheck: "false" },
    "aria-describedby": `${name}-help`,
  });
}

/** A control with its label and a line of help. */
export function labelled(
  id: string,
  label: string,
  help: string,
  control: HTMLElement,
): HTMLElement {
  control.setAttribute("aria-describedby", `${id}-help`);
  return make(
    "div",
    { class: "field" },
    make("label", { for: id }, label),
    make("p", { class: "help", id: `${id}-help` }, help),
    control,
  );
}

export function pemArea(id: string): HTMLTextAreaElement {
  return make("textarea", { ...{ id, rows: "4", spellcheck: "false", autocomplete: "off" } });
}
