import { printable } from "../../src/cli/output/text.ts";

type Child = Node | string;
type Properties = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

/** Characters that reorder a text, or hide in it, are written out: names come from strangers. */
function visible(child: Child): Child {
  return typeof child === "string" ? child.replace(/[^\t\n]+/g, printable) : child;
}

/**
 * Makes an element. Text only ever becomes text: there is no way from a string to markup in this
 * page. `onclick` and its like are listeners, everything else is an attribute.
 */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  setAll(element, properties);
  element.append(...children.map(visible));
  return element;
}

/** Makes an SVG element. */
export function draw<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAll(element, properties);
  element.append(...children.map(visible));
  return element;
}

function setAll(element: Element, properties: Properties): void {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
}

/** A heading, and what stands under it. */
export function block(title: string, ...children: readonly Child[]): HTMLElement {
  return make("div", { class: "block" }, make("h3", {}, title), ...children);
}

/** What stands where the answer will, before there is one. */
export function emptyState(title: string, answers: readonly string[]): HTMLElement {
  return make(
    "div",
    { class: "empty" },
    make("p", {}, make("strong", {}, title), " You will see here"),
    make("ul", {}, ...answers.map((answer) => make("li", {}, answer))),
  );
}

/** A summary that makes its content when it is opened for the first time. */
export function folded(title: Child, content: () => Child): HTMLElement {
  const element = make(
    "details",
    {
      ontoggle: () => {
        if (element.childElementCount === 1) element.append(content());
      },
    },
    make("summary", {}, title),
  );
  return element;
}

/** Names and values, one a line. */
export function facts(rows: readonly (readonly [string, Child])[]): HTMLElement {
  return make(
    "dl",
    { class: "facts" },
    ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]),
  );
}

/** A table with a caption and a head. It scrolls by itself, by keyboard too, where it is too wide. */
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
