import { expect, test } from "vitest";
import { readXmlTree } from "../../src/xml/tree.ts";

const first = '<b x="1" y="2"/>';

test.each([
  ["other values", '<b x="3" y="4"/>', ["3", "4"]],
  ["empty values", '<b x="" y=""/>', ["", ""]],
  ["an apostrophe in a value", `<b x="it's" y=""/>`, ["it's", ""]],
  ["other quotes", `<b x='"' y="5"/>`, ['"', "5"]],
  ["a reference", '<b x="&amp;" y="&#65;"/>', ["&", "A"]],
  ["white space to normalise", '<b x="a\nb" y="\t"/>', ["a b", " "]],
  ["text beyond ASCII", '<b x="\u00e9" y="\u65e5"/>', ["\u00e9", "\u65e5"]],
  ["a > in a value", '<b x="1>" y=">"/>', ["1>", ">"]],
  ["fewer attributes", '<b x="1"/>', ["1"]],
  ["more attributes", '<b x="1" y="2" z="3"/>', ["1", "2", "3"]],
])("reads a tag like one before: %s", (_, tag, values) => {
  const { root } = readXmlTree(`<a>${first}${first}${tag}</a>`);
  expect(root.children[2]?.attributes.map(({ value }) => value)).toEqual(values);
});

test.each([
  ["a < in a value", '<b x="<" y="2"/>', "xml.attribute_value"],
  ["an attribute twice", '<b x="1" x="2"/>', "xml.duplicate_attribute"],
  ["an unknown reference", '<b x="&b;" y="2"/>', "xml.reference"],
])("refuses a tag like one before: %s", (_, tag, code) => {
  expect(() => readXmlTree(`<a>${first}${first}${tag}</a>`)).toThrow(
    expect.objectContaining({ code }),
  );
});

test("keeps declarations apart", () => {
  const tag = (name: string): string => `<b xmlns="urn:${name}" x="${name}"><c/></b>`;
  const { root } = readXmlTree(`<a>${tag("1")}${tag("2")}${tag("3")}</a>`);
  const found = root.children.map(({ namespace, children }) => [namespace, children[0]?.namespace]);
  expect(found).toEqual(["urn:1", "urn:2", "urn:3"].map((name) => [name, name]));
});

const P = 'xmlns:p="urn:p"';

test.each([
  ["before", `<b ${P} x="1" p:y="2"/>`, `<b ${P} x="3" p:y="4"/>`],
  ["between", `<b x="1" ${P} p:y="2"/>`, `<b x="3" ${P} p:y="4"/>`],
  ["after", `<b x="1" p:y="2" ${P}/>`, `<b x="3" p:y="4" ${P}/>`],
  ["of the default", `<b xmlns="urn:p" x="1" y="2"/>`, `<b xmlns="urn:p" x="3" y="4"/>`],
  ["after white space", `<b x="1"  xmlns:p = "urn:p" p:y="2"/>`, `<b x="3" ${P} p:y="4"/>`],
  ["that is none", `<b xmlnsp="1" xmlns.p="2"/>`, `<b xmlnsp="3" xmlns.p="4"/>`],
])("reads a tag like one before, with a declaration %s", (_, before, tag) => {
  const { root } = readXmlTree(`<a>${before}${before}${tag}</a>`);
  expect(root.children[2]?.attributes.map(({ value }) => value)).toEqual(["3", "4"]);
  const names = root.children.map(({ namespace, attributes }) => [
    namespace,
    ...attributes.map((attribute) => `${attribute.namespace} ${attribute.localName}`),
  ]);
  expect(names[2]).toEqual(names[0]);
});

test.each([
  ["a namespace", 'xmlns:p="urn:q"', "urn:q"],
  ["a namespace in other quotes", "xmlns:p='urn:q'", "urn:q"],
  ["a namespace with a reference", 'xmlns:p="urn:&#113;"', "urn:q"],
])("keeps apart what a prefix stands for: %s", (_, declaration, namespace) => {
  const tag = (declared: string): string => `<b x="1" ${declared} p:y="2"><p:c/></b>`;
  const { root } = readXmlTree(`<a>${tag(P)}${tag(P)}${tag(declaration)}</a>`);
  expect(root.children[1]?.children[0]?.namespace).toBe("urn:p");
  expect(root.children[2]?.children[0]?.namespace).toBe(namespace);
  expect(root.children[2]?.attributes[1]?.namespace).toBe(namespace);
});

test.each([
  ["a prefix without a namespace", 'xmlns:p=""', "xml.namespace"],
  ["another prefix", 'xmlns:q="urn:p"', "xml.unbound_prefix"],
  ["a < in a declaration", 'xmlns:p="<"', "xml.attribute_value"],
])("refuses after a declaration: %s", (_, declaration, code) => {
  const tag = (declared: string): string => `<b x="1" ${declared} p:y="2"/>`;
  expect(() => readXmlTree(`<a>${tag(P)}${tag(P)}${tag(declaration)}</a>`)).toThrow(
    expect.objectContaining({ code }),
  );
});

test("reads on in the same way when nothing more is remembered", () => {
  const tags = Array.from(
    { length: 10_000 },
    (_, i) => `<e xmlns:p="urn:${i}" p:a="${i}"><p:f b="${i}"/></e>`,
  );
  const { root } = readXmlTree(`<a>${tags.join("")}</a>`, { maxNames: 20_000 });
  const found = root.children.map(({ attributes: [a], children: [f] }) => [a, f?.namespace]);
  expect(found).toEqual(
    tags.map((_, i) => [
      { namespace: `urn:${i}`, localName: "a", prefix: "p", value: `${i}` },
      `urn:${i}`,
    ]),
  );
});
