import type { Rule } from "./rule.ts";
import { isForServers, looksLikeTls } from "./use-looks-like-tls-certificate.ts";

export const useEkuServerAuth: Rule = {
  code: "use.eku_server_auth",
  severity: "notice",
  summary: "The certificate is meant for a TLS server.",
  hint: "Nothing has to be done if the identity provider does sign with it.",
  source: "RFC 5280, 4.2.1.12",
  check({ certificate }) {
    return isForServers(certificate) && !looksLikeTls(certificate);
  },
};
