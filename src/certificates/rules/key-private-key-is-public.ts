import { isPublishedKey } from "./published-keys.ts";
import type { Rule } from "./rule.ts";

export const keyPrivateKeyIsPublic: Rule = {
  code: "key.private_key_is_public",
  severity: "error",
  summary: "The private half of this key is published: anybody can sign in as anybody.",
  hint: "Replace the key at the identity provider now; it comes from the examples or tests of a SAML product.",
  source: "SHA-256 of SubjectPublicKeyInfo of key pairs in public SAML repositories",
  check({ certificate }) {
    return isPublishedKey(certificate.publicKey.spkiSha256);
  },
};
