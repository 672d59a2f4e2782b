/**
 * Keys whose private half is committed in public SAML repositories (libraries, samples, test suites):
 * the first 48 bits of the SHA-256 of their SubjectPublicKeyInfo, in hex. Made by collecting the
 * private keys of those repositories, deriving each public key, hashing its SPKI and keeping the ones
 * that a certificate of such a repository has. 48 bits are enough: by chance a key matches one of them
 * once in five million million.
 */
const LINES: readonly string[] = [
  "124f974364ac 18d0934727d6 195d083bad23 19e504d9c513 268305f82a77 275c1fe57a0e 2ae819759f16",
  "2d710baa32c8 35b132ab648c 37e4d9cbbbdd 39c1f1043374 3b41dfc24bc6 3ca32971503a 437ce25cc1ab",
  "454727d39e91 45d64b367c0b 4a1b4fd43dd6 4f7151edf40f 62afa14521ad 62ec766c0cbe 63078e514e48",
  "67e441426eb4 696e0fc6f609 6a03174aa9ed 6c1f2909e053 785f5f125919 83a47a59568a 83f779860ecd",
  "85031adf6245 866a1490d194 91ea46be0570 92842d9f5a27 9766aed51923 9fcfe67f453e af69e08b4970",
  "b41deb274a8e b603647d9c09 b7f9db64938f bd7bf090c267 c2107e7041d5 c4ed1e28d161 c9ad598dbfab",
  "cdb515ea9e4d d1d2dc5af5c1 d2ec777e5944 d8e2f9b83f45 da1f5f538caf e147a80dfd11 e1e1fa2867ca",
  "e2f808c704ef e361354954a1 ea3e87107cf7 ecdd6e49a7da ee607324cdae eec797feaffd f385e00eec28",
  "f6df261aa5b7",
];

const PREFIX = 12;
const PUBLISHED: ReadonlySet<string> = /* @__PURE__ */ new Set(LINES.join(" ").split(" "));

export function isPublishedKey(spkiSha256: string): boolean {
  return PUBLISHED.has(spkiSha256.slice(0, PREFIX));
}
