import type { Rule } from "./rule.ts";

export const timeWrongFormatPre2050: Rule = {
  code: "time.wrong_format_pre2050",
  severity: "notice",
  summary: "A date before 2050 is a GeneralizedTime and not a UTCTime.",
  hint: "Nothing has to be done: parsers read it.",
  source: "RFC 5280, 4.1.2.5",
  check({ certificate: { notBefore, notAfter } }) {
    const wrong = [notBefore, notAfter].some(
      ({ raw }) => raw.length === 15 && raw < "2050" && raw >= "1950",
    );
    return wrong;
  },
};
