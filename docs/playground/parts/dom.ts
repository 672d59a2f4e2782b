import { printable } from "../../../src/cli/output/text.ts";

type Child = Node | string;
type Properties = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

/** Escapes characters that reorder text or hide in it, because names come from strangers. */
export function visible(text: string): string {
  return text.replace(/[^\t\n]+/g, printable);
}

function content(child: Child): Child {
  return typeof child === "string" ? visible(child) : child;
}

/**
 * Creates an element. A string always becomes text, never markup. Functions such as `onclick` become
 * listeners, everything else an attribute.
 */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  setAll(element, properties);
  element.append(...children.map(content));
  return element;
}

/** Creates an SVG element. */
export function draw<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAll(element, properties);
  element.append(...children.map(content));
  return element;
}

function setAll(element: Element, properties: Properties): void {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
}

/** A heading and its content. */
export function block(title: string, ...children: readonly Child[]): HTMLElement {
  return make("div", { class: "block" }, make("h3", {}, title), ...children);
}

/** The placeholder of the result. */
export function emptyState(title: string, answers: readonly string[]): HTMLElement {
  return make(
    "div",
    { class: "empty" },
    make("p", {}, make("strong", {}, title), " You will see here:"),
    make("ul", {}, ...answers.map((answer) => make("li", {}, answer))),
  );
}

/** A summary that creates its content when it is first opened. */
export function folded(title: Child, inner: () => Child): HTMLElement {
  const element = make(
    "details",
    {
      ontoggle: () => {
        if (element.childElementCount === 1) element.append(inner());
      },
    },
    make("summary", {}, title),
  );
  return element;
}

/** Names and values, one per line. */
export function facts(rows: readonly (readonly [string, Child])[]): HTMLElement {
  return make(
    "dl",
    { class: "facts" },
    ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]),
  );
}

/** A table with a caption and a head. A wide one scrolls, also by keyboard. */
export function grid(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Child[])[],
): HTMLElement {
  return make(
    "div",
    { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
    make(
      "table",
      {},
      make("caption", {}, caption),
      make(
        "thead",
        {},
        make("tr", {}, ...head.map((title) => make("th", { scope: "col" }, title))),
      ),
      make(
        "tbody",
        {},
        ...rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, cell)))),
      ),
    ),
  );
}
