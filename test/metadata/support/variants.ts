/** Other ways to write the same document. */

/** A tag, a text, a comment, a section or the declaration, as written. */
export interface Piece {
  readonly text: string;
  /** Names of the elements around it, the innermost last. */
  readonly around: readonly string[];
}

/** A number below another one. */
export type Pick = (below: number) => number;

const PIECE =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+/g;
export const START: RegExp = /^<([^\s/>!?]+)([\s\S]*?)(\/?)>$/;
export const ATTRIBUTE: RegExp = /(\s+)([^\s=]+)(\s*=\s*)("[^"]*"|'[^']*')/g;

/** The same numbers for the same seed. */
export function picker(seed: number): Pick {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return below <= 1 ? 0 : state % below;
  };
}

export function piecesOf(document: string): readonly Piece[] {
  const open: string[] = [];
  return (document.match(PIECE) ?? []).map((text): Piece => {
    if (text.startsWith("</")) open.pop();
    const piece = { text, around: [...open] };
    const start = START.exec(text);
    if (start !== null && start[3] === "") open.push(start[1] as string);
    return piece;
  });
}

export const written = (pieces: readonly Piece[]): string =>
  pieces.map(({ text }) => text).join("");

/** Changes start tags; `change` is given the name, the attributes and the end. */
function eachTag(
  document: string,
  change: (name: string, attributes: readonly string[], around: readonly string[]) => string,
): string {
  return written(
    piecesOf(document).map((piece) => {
      const start = START.exec(piece.text);
      if (start === null) return piece;
      const [, name = "", rest = "", end = ""] = start;
      const list = [...rest.matchAll(ATTRIBUTE)].map(
        ([, , key, , value]) => `${key}=${value as string}`,
      );
      return { ...piece, text: `<${name}${change(name, list, piece.around)}${end}>` };
    }),
  );
}

/** Changes texts and sections that stand in elements. */
function eachText(
  document: string,
  change: (text: string, piece: Piece, next: Piece | undefined) => string,
): string {
  const pieces = piecesOf(document);
  return written(
    pieces.map((piece, i) =>
      piece.text.startsWith("<") || piece.around.length === 0
        ? piece
        : { ...piece, text: change(piece.text, piece, pieces[i + 1]) },
    ),
  );
}

const joined = (attributes: readonly string[]): string =>
  attributes.map((one) => ` ${one}`).join("");

const isDeclaration = (attribute: string): boolean => /^xmlns(?::|=)/.test(attribute);

/** A reference for one of the characters that is none of a reference already. */
function withReference(text: string, pick: Pick): string {
  const at = pick(text.length);
  const character = text.slice(at, at + 1);
  const before = text.slice(0, at);
  if (!/[A-Za-z0-9./: ]/.test(character) || /&[^;]*$/.test(before)) return text;
  const code = character.charCodeAt(0);
  const form = [
    `&#${code};`,
    `&#x${code.toString(16)};`,
    `&#x000${code.toString(16).toUpperCase()};`,
  ];
  return before + (form[pick(3)] as string) + text.slice(at + 1);
}

const insideOf = (value: string): string => value.slice(1, -1);

/** Changes the values of attributes that are no namespace declarations. */
function eachValue(
  document: string,
  change: (value: string, name: string, element: string) => string,
): string {
  return eachTag(document, (element, attributes) =>
    joined(
      attributes.map((attribute) => {
        if (isDeclaration(attribute)) return attribute;
        const equals = attribute.indexOf("=");
        const name = attribute.slice(0, equals);
        const quote = attribute.charAt(equals + 1);
        const value = change(insideOf(attribute.slice(equals + 1)), name, element);
        return `${name}=${quote}${value}${quote}`;
      }),
    ),
  );
}

const BOOLEANS: Readonly<Record<string, readonly string[]>> = {
  true: ["1", " true", "true\n"],
  false: ["0", "false ", "\tfalse"],
  "1": ["true"],
  "0": ["false"],
};
const IS_BOOLEAN =
  /^(?:isDefault|isRequired|AuthnRequestsSigned|WantAssertionsSigned|WantAuthnRequestsSigned|regexp)$/;
const IS_TIME = /^(?:validUntil|registrationInstant|creationInstant)$/;

/** The same second, as another clock or program writes it. */
function otherTime(text: string, pick: Pick): string {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(text);
  if (match === null) return text;
  const seconds = Date.parse(`${match[1]}Z`);
  const hours = pick(28) - 14;
  const shifted = new Date(seconds + hours * 3_600_000).toISOString().slice(0, 19);
  const zone = `${hours < 0 ? "-" : "+"}${String(Math.abs(hours)).padStart(2, "0")}:00`;
  const forms = [`${shifted}${zone}`, `${match[1]}.000Z`, `${match[1]}.9999Z`, ` ${match[1]}`];
  return forms[pick(4)] as string;
}

type Rewriting = (document: string, pick: Pick) => string;

/** True for an element with child elements and no text. */
function hasElementsAlone(pieces: readonly Piece[], i: number): boolean {
  const [before, here, after] = [pieces[i - 1], pieces[i], pieces[i + 1]];
  if (here === undefined || here.text.trim() !== "" || here.around.length === 0) return false;
  // Between two start tags or two end tags, there is a child; a start and its end may hold text.
  const isStart = (piece: Piece | undefined): boolean => /^<[^/!?]/.test(piece?.text ?? "");
  const isEnd = (piece: Piece | undefined): boolean => /^<\//.test(piece?.text ?? "");
  const isEmpty = before?.text.endsWith("/>") === true;
  return (
    (isStart(before) && isStart(after)) ||
    ((isEnd(before) || isEmpty) && (isStart(after) || isEnd(after)))
  );
}

/** Changes of spelling that keep the meaning. */
const rewritings: Readonly<Record<string, Rewriting>> = {
  "prefixes renamed": (document, pick) => {
    const prefixes = [
      ...new Set([...document.matchAll(/xmlns:(?!xml=)([\w.-]+)=/g)].map(([, one]) => one)),
    ];
    const prefix = prefixes[pick(prefixes.length)];
    // A value may be a qualified name.
    if (prefix === undefined || new RegExp(`["'>]\\s*${prefix}:[^/]`).test(document))
      return document;
    const other = `${prefix}${["x", "-2", ".é", "_"][pick(4)]}`;
    const renamed = (name: string): string =>
      name.replace(new RegExp(`^(xmlns:)?${prefix}(?=:|$|=)`), (all, declared) =>
        declared === undefined && !name.startsWith(`${prefix}:`)
          ? all
          : `${declared ?? ""}${other}`,
      );
    const tags = eachTag(document, (_, attributes) => joined(attributes.map(renamed)));
    return tags.replace(new RegExp(`(</?)${prefix}:`, "g"), `$1${other}:`);
  },
  "a default namespace with a prefix": (document) => {
    if (!/\sxmlns=["'][^"']/.test(document) || document.includes("dflt")) return document;
    const defaults = [""];
    return written(
      piecesOf(document).map((piece) => {
        const start = START.exec(piece.text);
        if (piece.text.startsWith("</")) {
          const prefix = defaults.pop() ?? "";
          const name = piece.text.slice(2);
          return name.includes(":") || prefix === ""
            ? piece
            : { ...piece, text: `</${prefix}:${name}` };
        }
        if (start === null) return piece;
        const [, name = "", rest = "", end = ""] = start;
        const declared = /\sxmlns=["']([^"']*)["']/.exec(rest);
        const depth = piece.around.length;
        const outer = defaults.at(-1) as string;
        const prefix = declared === null ? outer : declared[1] === "" ? "" : `dflt${depth}`;
        if (end === "") defaults.push(prefix);
        const attributes =
          declared === null || declared[1] === ""
            ? rest
            : rest.replace(/(\s)xmlns=/, `$1xmlns:${prefix}=`);
        const full = name.includes(":") || prefix === "" ? name : `${prefix}:${name}`;
        return { ...piece, text: `<${full}${attributes}${end}>` };
      }),
    );
  },
  "a prefix as the default namespace": (document) => {
    const root = /<([\w.-]+):Entit(?:y|ies)Descriptor[\s\S]*?>/.exec(document);
    if (root === null || /<[\w.-]+[\s/>]/.test(document) || /\sxmlns=/.test(document))
      return document;
    const prefix = root[1] as string;
    const uri = new RegExp(`xmlns:${prefix}=("[^"]*"|'[^']*')`).exec(root[0])?.[1];
    if (uri === undefined || document.split(`xmlns:${prefix}=`).length > 2) return document;
    return document
      .replace(`xmlns:${prefix}=`, `xmlns=${uri} xmlns:${prefix}=`)
      .replace(new RegExp(`(</?)${prefix}:`, "g"), "$1");
  },
  "attributes in another order": (document, pick) =>
    eachTag(document, (_, attributes) => {
      const list = [...attributes];
      for (let i = list.length - 1; i > 0; i--) {
        const j = pick(i + 1);
        [list[i], list[j]] = [list[j] as string, list[i] as string];
      }
      return joined(list);
    }),
  "references for characters": (document, pick) =>
    eachText(
      eachValue(document, (value) => (pick(3) === 0 ? withReference(value, pick) : value)),
      (text) => (text.trim() !== "" && pick(2) === 0 ? withReference(text, pick) : text),
    ),
  "sections for text": (document, pick) =>
    eachText(document, (text) => {
      if (text.trim() === "" || text.includes("&") || pick(2) === 0) return text;
      const [a, b] = [pick(text.length), pick(text.length)].sort((x, y) => x - y) as [
        number,
        number,
      ];
      return `${text.slice(0, a)}<![CDATA[${text.slice(a, b)}]]>${text.slice(b)}`;
    }),
  "comments between": (document, pick) =>
    eachText(document, (text) => {
      const at = pick(text.length + 1);
      if (pick(3) > 0 || /&[^;]*$/.test(text.slice(0, at))) return text;
      return `${text.slice(0, at)}<!-- ${"<x>&y; -".slice(0, pick(8))} -->${text.slice(at)}`;
    }),
  "white space in tags": (document, pick) =>
    eachTag(document, (_, attributes) => {
      const space = (): string => [" ", "\n", "\t  ", "\r\n"][pick(4)] as string;
      return (
        attributes.map((one) => space() + one.replace("=", `${space()}=${space()}`)).join("") +
        space()
      );
    }),
  "white space between elements": (document, pick) => {
    const pieces = piecesOf(document);
    const kind = pick(3);
    return written(
      pieces.map((piece, i) =>
        hasElementsAlone(pieces, i)
          ? { ...piece, text: ["", "\n\n\t", " \r\n "][kind] as string }
          : piece,
      ),
    );
  },
  "white space in values": (document, pick) =>
    eachValue(document, (value) =>
      value.replaceAll(" ", () => [" ", "\n", "\t"][pick(3)] as string),
    ),
  "line ends of Windows": (document) => document.replaceAll(/\r?\n/g, "\r\n"),
  "line ends of old": (document) => document.replaceAll(/\r?\n/g, "\r"),
  "other quotes": (document) =>
    eachTag(document, (_, attributes) =>
      joined(
        attributes.map((one) =>
          one.includes("'") ? one : one.replace(/"([^"]*)"$/, (_all, value) => `'${value}'`),
        ),
      ),
    ),
  "empty elements written out": (document) =>
    document.replace(/<([^\s/>!?]+)([^<>]*?)\/>/g, "<$1$2></$1>"),
  "empty elements closed": (document) =>
    document.replace(/<([^\s/>!?]+)([^<>]*?[^/])?><\/\1>/g, "<$1$2/>"),
  "a byte order mark": (document) => `\ufeff${document.replace(/^\ufeff/, "")}`,
  "other declarations": (document, pick) => {
    const forms = [
      "",
      "<?xml version='1.0'?>",
      '<?xml  version = "1.0"\n encoding="utf-8"  ?>\n',
      "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>",
      '<?xml version="1.0" standalone="no"?><!-- x -->',
    ];
    const mark = document.startsWith("\ufeff") ? "\ufeff" : "";
    const rest = document.slice(mark.length).replace(/^<\?xml[\s\S]*?\?>/, "");
    const declaration = forms[pick(forms.length)] as string;
    return mark + declaration + (declaration === "" ? rest : rest.replace(/^\s+/, "\n"));
  },
  "truth in other words": (document, pick) =>
    eachValue(document, (value, name) => {
      const forms = IS_BOOLEAN.test(name) ? BOOLEANS[value] : undefined;
      return forms === undefined ? value : (forms[pick(forms.length)] as string);
    }),
  "times of other zones": (document, pick) =>
    eachValue(document, (value, name) => (IS_TIME.test(name) ? otherTime(value, pick) : value)),
  "numbers with zeros": (document) =>
    eachValue(document, (value, name) => (name === "index" ? `0${value}` : value)),
  "hints for validators": (document, pick) => {
    const hint = [
      'xsi:schemaLocation="urn:oasis:names:tc:SAML:2.0:metadata saml-schema-metadata-2.0.xsd"',
      'xsi:noNamespaceSchemaLocation="a.xsd"',
      'xml:space="preserve"',
      'xml:space="default"',
    ][pick(4)] as string;
    const isXsi = hint.startsWith("xsi");
    if (/chemaLocation|xml:space/.test(document)) return document;
    const declared = isXsi ? ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' : "";
    const name = isXsi
      ? /<(?:[\w.-]+:)?Entit(?:y|ies)Descriptor(?=\s)[^>]*/
      : /<(?:[\w.-]+:)?(?:IDP|SP)SSODescriptor(?=\s)/;
    return document.replace(
      name,
      (tag) => `${tag} ${hint}${/xmlns:xsi\s*=/.test(tag) ? "" : declared}`,
    );
  },
  "certificates in lines": (document, pick) => {
    const length = [64, 76, 1][pick(3)] as number;
    return eachText(document, (text, { around }) =>
      /(?:^|:)X509Certificate$/.test(around.at(-1) ?? "") && !text.includes("&")
        ? `\n${text.replace(/\s/g, "").replace(new RegExp(`.{${length}}`, "g"), "$&\n")}\t`
        : text,
    );
  },
};

/** The document with one to four of those. */
export function variant(document: string, pick: Pick): { names: readonly string[]; text: string } {
  const all = Object.keys(rewritings);
  const names = Array.from({ length: 1 + pick(4) }, () => all[pick(all.length)] as string);
  // Comments and sections are in the way of what looks at whole texts.
  const late = ["comments between", "sections for text", "references for characters"];
  names.sort((a, b) => late.indexOf(a) - late.indexOf(b));
  const text = names.reduce(
    (current, name) => (rewritings[name] as Rewriting)(current, pick),
    document,
  );
  return { names, text };
}
