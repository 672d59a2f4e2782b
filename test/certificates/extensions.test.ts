import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseCertificate } from "../../src/certificates/index.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);

/** Every extension that OpenSSL can write and this package decodes. */
const CONFIG = `
[req]
distinguished_name=dn
prompt=no
x509_extensions=v3
[dn]
CN=idp
[v3]
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid:always,issuer:always
keyUsage=critical,digitalSignature,keyCertSign,decipherOnly
basicConstraints=critical,CA:TRUE,pathlen:2
subjectAltName=DNS:idp.example.com,URI:https://idp.example.com/,IP:192.0.2.1,IP:2001:db8::1,email:a@example.com,RID:1.2.3.4,dirName:san_dn,otherName:1.2.3.4;UTF8:x
extendedKeyUsage=serverAuth,clientAuth,1.2.3.4
certificatePolicies=1.2.3.4,@pol
crlDistributionPoints=dp
authorityInfoAccess=OCSP;URI:http://ocsp.example.com/,caIssuers;URI:http://ca.example.com/ca.cer
nameConstraints=permitted;DNS:example.com,excluded;IP:192.0.2.0/255.255.255.0
policyMappings=1.2.3.4:1.2.3.5
policyConstraints=requireExplicitPolicy:0,inhibitPolicyMapping:3
inhibitAnyPolicy=1
tlsfeature=status_request
nsCertType=client,objCA
nsComment=made for a test
noCheck=ignored
[pol]
policyIdentifier=1.2.3.6
CPS.1=https://example.com/cps
userNotice.1=@notice
[notice]
explicitText=hello
[san_dn]
CN=other
O=Example
[dp]
fullname=URI:http://crl.example.com/1.crl
reasons=keyCompromise,CACompromise
CRLissuer=dirName:san_dn
`;

const directoryName = { type: "directoryName", value: "O=Example,CN=other" };
const uri = (value: string): unknown => ({ type: "uniformResourceIdentifier", value });

const EXPECTED: Readonly<Record<string, unknown>> = {
  subjectKeyIdentifier: expect.stringMatching(/^[0-9a-f]{40}$/),
  authorityKeyIdentifier: {
    keyIdentifier: expect.stringMatching(/^[0-9a-f]{40}$/),
    authorityCertIssuer: [{ type: "directoryName", value: "CN=idp" }],
    authorityCertSerialNumber: expect.stringMatching(/^[0-9a-f]+$/),
  },
  keyUsage: ["digitalSignature", "keyCertSign", "decipherOnly"],
  basicConstraints: { cA: true, pathLenConstraint: 2 },
  subjectAltName: [
    { type: "dNSName", value: "idp.example.com" },
    uri("https://idp.example.com/"),
    { type: "iPAddress", value: "192.0.2.1" },
    { type: "iPAddress", value: "2001:db8:0:0:0:0:0:1" },
    { type: "rfc822Name", value: "a@example.com" },
    { type: "registeredID", value: "1.2.3.4" },
    directoryName,
    { type: "otherName", value: "06032a0304a0030c0178" },
  ],
  extKeyUsage: ["serverAuth", "clientAuth", "1.2.3.4"],
  certificatePolicies: [
    { policyIdentifier: "1.2.3.4" },
    {
      policyIdentifier: "1.2.3.6",
      qualifiers: [
        { policyQualifierId: "cps", qualifier: "https://example.com/cps" },
        { policyQualifierId: "unotice" },
      ],
    },
  ],
  cRLDistributionPoints: [
    {
      distributionPoint: [uri("http://crl.example.com/1.crl")],
      reasons: ["keyCompromise", "cACompromise"],
      cRLIssuer: [directoryName],
    },
  ],
  authorityInfoAccess: [
    { accessMethod: "ocsp", accessLocation: uri("http://ocsp.example.com/") },
    { accessMethod: "caIssuers", accessLocation: uri("http://ca.example.com/ca.cer") },
  ],
  nameConstraints: {
    permittedSubtrees: [{ type: "dNSName", value: "example.com" }],
    excludedSubtrees: [{ type: "iPAddress", value: "192.0.2.0/255.255.255.0" }],
  },
  policyMappings: [{ issuerDomainPolicy: "1.2.3.4", subjectDomainPolicy: "1.2.3.5" }],
  policyConstraints: { requireExplicitPolicy: "00", inhibitPolicyMapping: "03" },
  inhibitAnyPolicy: 1,
  tlsFeature: [5],
  netscapeCertType: ["sslClient", "objectSigningCA"],
  netscapeComment: "made for a test",
  ocspNoCheck: true,
};

describe.skipIf(openssl.missing)(`extensions${openssl.note}`, () => {
  test("each extension that OpenSSL writes is plain data without absent fields", () => {
    const folder = mkdtempSync(join(tmpdir(), "samlcert-"));
    const config = join(folder, "openssl.cnf");
    writeFileSync(config, CONFIG);
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    const { stdout } = spawnSync(
      "openssl",
      ["req", "-x509", ...key, "-keyout", "/dev/null", "-config", config],
      { encoding: "utf8" },
    );
    rmSync(folder, { recursive: true });
    const { extensions } = parseCertificate(stdout.slice(stdout.indexOf("-----BEGIN CERT")));
    expect(Object.fromEntries(extensions.map(({ name, value }) => [name, value]))).toStrictEqual(
      EXPECTED,
    );
    expect(extensions.filter(({ critical }) => critical).map(({ name }) => name)).toEqual([
      "keyUsage",
      "basicConstraints",
    ]);
  });
});
