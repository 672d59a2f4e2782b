/**
 * Keys whose private half is committed in public SAML repositories (libraries, samples, test suites):
 * the first 40 bits of the SHA-256 of their SubjectPublicKeyInfo, in hex. Made by collecting the
 * private keys of those repositories, deriving each public key, hashing its SPKI and keeping the ones
 * that a certificate of such a repository has. 40 bits are enough: by chance a key matches one of them
 * once in nineteen thousand million.
 */
const LINES: readonly string[] = [
  "124f974364 18d0934727 195d083bad 19e504d9c5 268305f82a 275c1fe57a 2ae819759f 2d710baa32",
  "35b132ab64 37e4d9cbbb 39c1f10433 3b41dfc24b 3ca3297150 437ce25cc1 454727d39e 45d64b367c",
  "4a1b4fd43d 4f7151edf4 62afa14521 62ec766c0c 63078e514e 67e441426e 696e0fc6f6 6a03174aa9",
  "6c1f2909e0 785f5f1259 83a47a5956 83f779860e 85031adf62 866a1490d1 91ea46be05 92842d9f5a",
  "9766aed519 9fcfe67f45 af69e08b49 b41deb274a b603647d9c b7f9db6493 bd7bf090c2 c2107e7041",
  "c4ed1e28d1 c9ad598dbf cdb515ea9e d1d2dc5af5 d2ec777e59 d8e2f9b83f da1f5f538c e147a80dfd",
  "e1e1fa2867 e2f808c704 e361354954 ea3e87107c ecdd6e49a7 ee607324cd eec797feaf f385e00eec",
  "f6df261aa5",
];

const PREFIX = 10;
const PUBLISHED: ReadonlySet<string> = /* @__PURE__ */ new Set(LINES.join(" ").split(" "));

export function isPublishedKey(spkiSha256: string): boolean {
  return PUBLISHED.has(spkiSha256.slice(0, PREFIX));
}
