/**
 * Keys whose private half is committed in public SAML repositories (libraries, samples, test suites):
 * the first 36 bits of the SHA-256 of their SubjectPublicKeyInfo, in hex. Made by collecting the
 * private keys of those repositories, deriving each public key, hashing its SPKI and keeping the ones
 * that a certificate of such a repository has. 36 bits are enough: by chance a key matches one of them
 * once in a thousand million.
 */
const LINES: readonly string[] = [
  "124f97436 18d093472 195d083ba 19e504d9c 268305f82 275c1fe57 2ae819759 2d710baa3 35b132ab6",
  "37e4d9cbb 39c1f1043 3b41dfc24 3ca329715 437ce25cc 454727d39 45d64b367 4a1b4fd43 4f7151edf",
  "62afa1452 62ec766c0 63078e514 67e441426 696e0fc6f 6a03174aa 6c1f2909e 785f5f125 83a47a595",
  "83f779860 85031adf6 866a1490d 91ea46be0 92842d9f5 9766aed51 9fcfe67f4 af69e08b4 b41deb274",
  "b603647d9 b7f9db649 bd7bf090c c2107e704 c4ed1e28d c9ad598db cdb515ea9 d1d2dc5af d2ec777e5",
  "d8e2f9b83 da1f5f538 e147a80df e1e1fa286 e2f808c70 e36135495 ea3e87107 ecdd6e49a ee607324c",
  "eec797fea f385e00ee f6df261aa",
];

const PREFIX = 9;
const PUBLISHED: ReadonlySet<string> = /* @__PURE__ */ new Set(LINES.join(" ").split(" "));

export function isPublishedKey(spkiSha256: string): boolean {
  return PUBLISHED.has(spkiSha256.slice(0, PREFIX));
}
