import type { SamlCertCode } from "../../core/codes/index.ts";
import type { CodeEntry } from "../../core/finding.ts";

function repair(code: SamlCertCode, summary: string): CodeEntry {
  return {
    code,
    severity: "notice",
    summary,
    hint: "Use the PEM of this report instead of what was pasted.",
    source: "RFC 7468, 3",
  };
}

type RepairName =
  | "bom"
  | "utf16"
  | "invisible"
  | "fullwidth"
  | "dashes"
  | "smartQuotes"
  | "escapes"
  | "entities"
  | "htmlTags"
  | "quotedPrintable"
  | "percent"
  | "quotes"
  | "linePrefix"
  | "doubledLine"
  | "indented"
  | "blankLines"
  | "verticalSpace"
  | "crOnly"
  | "oneLine"
  | "plusAsSpace"
  | "base64url"
  | "padding"
  | "hex"
  | "binaryText"
  | "noArmour"
  | "missingBegin"
  | "missingEnd"
  | "nestedBegin"
  | "swappedArmour"
  | "labelMismatch"
  | "wrongLabel"
  | "doubleBase64"
  | "xmlElement"
  | "json"
  | "pkcs7"
  | "trusted"
  | "duplicate";

/** What can be mended in a paste. Each is reported as a repair, never done in silence. */
export const REPAIRS: Readonly<Record<RepairName, CodeEntry>> = {
  bom: repair("pem.bom", "A byte order mark was removed."),
  utf16: repair("pem.utf16", "UTF-16 text was decoded."),
  invisible: repair("pem.invisible_chars", "Invisible characters were removed."),
  fullwidth: repair("pem.fullwidth_chars", "Full-width characters were replaced by plain ones."),
  dashes: repair("pem.dash_variant", "The dashes of the BEGIN and END lines were restored."),
  smartQuotes: repair("pem.smart_quotes", "Typographic quotes were removed."),
  escapes: repair(
    "pem.escaped_newlines",
    "Escapes such as \\n were replaced by what they stand for.",
  ),
  entities: repair(
    "pem.html_entities",
    "HTML or XML entities were replaced by what they stand for.",
  ),
  htmlTags: repair("pem.html_tags", "HTML tags were removed."),
  quotedPrintable: repair(
    "pem.quoted_printable",
    "The quoted-printable encoding of mail was decoded.",
  ),
  percent: repair("pem.url_encoded", "URL encoding was decoded."),
  quotes: repair(
    "pem.json_string",
    "The quotes and joints of a string in source code were removed.",
  ),
  linePrefix: repair(
    "pem.quoted_lines",
    "What stood before, between or behind the lines was removed.",
  ),
  doubledLine: repair("pem.doubled_line", "A line that was there twice was removed."),
  indented: repair("pem.indented", "White space at the edges of lines was removed."),
  blankLines: repair("pem.blank_lines", "Blank lines between the lines were removed."),
  verticalSpace: repair("pem.vertical_space", "Vertical tabs and form feeds were removed."),
  crOnly: repair("pem.cr_only", "Lines that end in CR alone were given LF."),
  oneLine: repair("pem.one_line", "The lines, which had run into one, were restored."),
  plusAsSpace: repair(
    "pem.plus_as_space",
    "Spaces were turned back into the plus signs that they were.",
  ),
  base64url: repair("pem.base64url", "Base64url was turned into base64."),
  padding: repair("base64.bad_padding", "The padding at the end of the base64 was put right."),
  hex: repair("pem.hex", "Bytes that were written out as hex or numbers were put together."),
  binaryText: repair(
    "pem.binary_text",
    "A binary file that was opened as text was turned back into bytes.",
  ),
  noArmour: repair("pem.no_armour_base64", "The BEGIN and END lines were added."),
  missingBegin: repair("pem.missing_begin", "The BEGIN line was added."),
  missingEnd: repair("pem.missing_end", "The END line was added."),
  nestedBegin: repair("pem.nested_begin", "A second BEGIN line was removed."),
  swappedArmour: repair(
    "pem.swapped_armour",
    "The END line stood before the certificate and the BEGIN line behind it.",
  ),
  labelMismatch: repair(
    "pem.label_mismatch",
    "The labels of the BEGIN and END lines were made equal.",
  ),
  wrongLabel: repair("pem.wrong_label", "The label of the PEM block was corrected to CERTIFICATE."),
  doubleBase64: repair("pem.double_base64", "A second layer of base64 was decoded."),
  xmlElement: repair("pem.xml_element", "The certificate was taken out of the XML around it."),
  json: repair("pem.json", "The certificate was taken out of the JSON around it."),
  pkcs7: repair("kind.pkcs7_bundle", "The certificate was taken out of a PKCS#7 bundle."),
  trusted: repair(
    "kind.trusted_certificate",
    "OpenSSL's trust settings were cut off the certificate.",
  ),
  duplicate: repair("pem.duplicate_certificate", "The same certificate was there more than once."),
};

/** Mended, but allowed all the same: white space anywhere is RFC 7468's lax form (section 3, figure 2). */
export const LAX: readonly CodeEntry[] = [
  REPAIRS.bom,
  REPAIRS.indented,
  REPAIRS.blankLines,
  REPAIRS.verticalSpace,
  REPAIRS.crOnly,
  REPAIRS.oneLine,
];

/** Deviations that every reader of PEM takes, and this one only mentions. */
function style(code: SamlCertCode, summary: string): CodeEntry {
  return {
    code,
    severity: "notice",
    summary,
    hint: "Nothing has to be done; the PEM of this report is in the strict form.",
    source: "RFC 7468, 3",
  };
}

type StyleName =
  | "crlf"
  | "lineLength"
  | "noFinalNewline"
  | "textBefore"
  | "textAfter"
  | "legacyHeader"
  | "derFile";

export const STYLES: Readonly<Record<StyleName, CodeEntry>> = {
  crlf: style("pem.crlf", "The lines end in CRLF."),
  lineLength: style("pem.line_length", "The lines are not 64 characters long."),
  noFinalNewline: style("pem.no_final_newline", "There is no newline at the end."),
  textBefore: style("pem.text_before", "There is text before the BEGIN line, which is ignored."),
  textAfter: style("pem.text_after", "There is text after the END line, which is ignored."),
  legacyHeader: style("pem.legacy_header", "The block has RFC 1421 headers, which are ignored."),
  derFile: style("kind.der_file", "The input is binary (DER) and not PEM."),
};

export const pemLegacyLabel: CodeEntry = {
  code: "pem.legacy_label",
  severity: "warning",
  summary: "The label of the PEM block is an old name for CERTIFICATE.",
  hint: "Use the PEM of this report: some consumers know only CERTIFICATE.",
  source: "RFC 7468, 5.1",
};

export const pemUnevenLines: CodeEntry = {
  code: "pem.uneven_lines",
  severity: "fatal",
  summary: "The certificate is damaged: this line is not as long as the lines before it.",
  hint: "Characters were lost or added there: copy the certificate again, as a file if you can.",
  source: "RFC 7468, 2",
};

export const pasteCodes: readonly CodeEntry[] = [
  ...Object.values(REPAIRS),
  ...Object.values(STYLES),
  pemLegacyLabel,
  pemUnevenLines,
];
