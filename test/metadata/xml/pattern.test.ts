import { expect, test } from "vitest";
import { readXmlTree } from "../../../src/metadata/xml/tree.ts";

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
