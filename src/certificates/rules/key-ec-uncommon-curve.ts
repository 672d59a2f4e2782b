import type { Rule } from "./rule.ts";

export const keyEcUncommonCurve: Rule = {
  code: "key.ec_uncommon_curve",
  severity: "warning",
  summary: "The key is on a curve that few programs know.",
  hint: "Ask for P-256, P-384 or P-521.",
  source: "FIPS 186-5, SP 800-186",
  check({ certificate: { publicKey } }) {
    const { algorithm, curve = "", bits } = publicKey;
    return (
      algorithm === "EC" &&
      !["P-256", "P-384", "P-521", "explicit"].includes(curve) &&
      // Shorter ones are an error already.
      (bits === 0 || bits >= 224) && {
        message: `The key is on the curve ${curve}, which few programs know.`,
      }
    );
  },
};
