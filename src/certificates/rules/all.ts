import { extDuplicate } from "./ext-duplicate.ts";
import { extUnknownCritical } from "./ext-unknown-critical.ts";
import { keyAlgorithmNotAccepted } from "./key-algorithm-not-accepted.ts";
import { keyCannotSign } from "./key-cannot-sign.ts";
import { keyDsa } from "./key-dsa.ts";
import { keyEcCompressedPoint } from "./key-ec-compressed-point.ts";
import { keyEcExplicitParams } from "./key-ec-explicit-params.ts";
import { keyEcInvalidPoint } from "./key-ec-invalid-point.ts";
import { keyEcLt224 } from "./key-ec-lt-224.ts";
import { keyEcUncommonCurve } from "./key-ec-uncommon-curve.ts";
import { keyPrivateKeyIsPublic } from "./key-private-key-is-public.ts";
import { keyRsaBadExponent } from "./key-rsa-bad-exponent.ts";
import { keyRsaEvenModulus } from "./key-rsa-even-modulus.ts";
import { keyRsaFermat } from "./key-rsa-fermat.ts";
import { keyRsaGt8192 } from "./key-rsa-gt-8192.ts";
import { keyRsaLt1024 } from "./key-rsa-lt-1024.ts";
import { keyRsaLt2048 } from "./key-rsa-lt-2048.ts";
import { keyRsaOddSize } from "./key-rsa-odd-size.ts";
import { keyRsaParameters } from "./key-rsa-parameters.ts";
import { keyRsaRoca } from "./key-rsa-roca.ts";
import { keyRsaSmallExponent } from "./key-rsa-small-exponent.ts";
import { keyUnsupportedByMostSps } from "./key-unsupported-by-most-sps.ts";
import { nameCountryLength } from "./name-country-length.ts";
import { nameEmptySubject } from "./name-empty-subject.ts";
import { nameHtmlEntities } from "./name-html-entities.ts";
import type { Rule } from "./rule.ts";
import { serialLowEntropy } from "./serial-low-entropy.ts";
import { serialNegativeOrZero } from "./serial-negative-or-zero.ts";
import { serialTooLong } from "./serial-too-long.ts";
import { sigCaIssued } from "./sig-ca-issued.ts";
import { sigMd5 } from "./sig-md5.ts";
import { sigSelfIssued } from "./sig-self-issued.ts";
import { sigSha1 } from "./sig-sha1.ts";
import { timeWrongFormatPre2050 } from "./time-wrong-format-pre2050.ts";
import { uidPresent } from "./uid-present.ts";
import { uploadNoOverlapWithCurrent } from "./upload-no-overlap-with-current.ts";
import { uploadSameAsExisting } from "./upload-same-as-existing.ts";
import { uploadSameKeyNewCert } from "./upload-same-key-new-cert.ts";
import { uploadShorterLife } from "./upload-shorter-life.ts";
import { useCaTrue } from "./use-ca-true.ts";
import { useEkuServerAuth } from "./use-eku-server-auth.ts";
import { useKuWithoutDigitalSignature } from "./use-ku-without-digital-signature.ts";
import { useLooksLikeEncryptionCert } from "./use-looks-like-encryption-cert.ts";
import { useLooksLikeTlsCertificate } from "./use-looks-like-tls-certificate.ts";
import { validityClockSkew } from "./validity-clock-skew.ts";
import { validityExpired } from "./validity-expired.ts";
import { validityExpiresSoon } from "./validity-expires-soon.ts";
import { validityInverted } from "./validity-inverted.ts";
import { validityNoExpiry } from "./validity-no-expiry.ts";
import { validityNotYetValid } from "./validity-not-yet-valid.ts";
import { validityTooLong } from "./validity-too-long.ts";
import { validityVeryShort } from "./validity-very-short.ts";
import { versionExtensionsWithoutV3 } from "./version-extensions-without-v3.ts";
import { versionUnknown } from "./version-unknown.ts";
import { versionV1 } from "./version-v1.ts";

/** Every rule, in the order in which their findings are given. */
export const RULES: readonly Rule[] = [
  validityExpired,
  validityNotYetValid,
  validityClockSkew,
  validityExpiresSoon,
  validityInverted,
  validityTooLong,
  validityVeryShort,
  validityNoExpiry,
  timeWrongFormatPre2050,
  serialNegativeOrZero,
  serialTooLong,
  serialLowEntropy,
  versionV1,
  versionUnknown,
  versionExtensionsWithoutV3,
  uidPresent,
  extDuplicate,
  extUnknownCritical,
  nameEmptySubject,
  nameCountryLength,
  nameHtmlEntities,
  keyRsaLt1024,
  keyRsaLt2048,
  keyRsaGt8192,
  keyRsaOddSize,
  keyRsaEvenModulus,
  keyRsaBadExponent,
  keyRsaSmallExponent,
  keyRsaParameters,
  keyRsaFermat,
  keyRsaRoca,
  keyPrivateKeyIsPublic,
  keyDsa,
  keyCannotSign,
  keyAlgorithmNotAccepted,
  keyUnsupportedByMostSps,
  keyEcExplicitParams,
  keyEcUncommonCurve,
  keyEcLt224,
  keyEcInvalidPoint,
  keyEcCompressedPoint,
  sigSelfIssued,
  sigSha1,
  sigMd5,
  sigCaIssued,
  useKuWithoutDigitalSignature,
  useLooksLikeEncryptionCert,
  useCaTrue,
  useEkuServerAuth,
  useLooksLikeTlsCertificate,
  uploadSameAsExisting,
  uploadSameKeyNewCert,
  uploadNoOverlapWithCurrent,
  uploadShorterLife,
];
