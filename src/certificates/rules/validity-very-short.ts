import { SECONDS_PER_DAY } from "../../core/time.ts";
import type { Rule } from "./rule.ts";

export const validityVeryShort: Rule = {
  code: "validity.very_short",
  severity: "notice",
  summary: "The certificate is valid for less than a month.",
  hint: "Ask the identity provider how it announces the next one, and watch its metadata: samlcert watch.",
  source: "CA/B Forum BR 6.3.2 (for scale only)",
  check({ certificate: { notBefore, notAfter, noExpiry } }) {
    const days = (notAfter.unixSeconds - notBefore.unixSeconds) / SECONDS_PER_DAY;
    return !noExpiry && days >= 0 && days < 30;
  },
};
