import { expect, test } from "vitest";
import { certificateCodes } from "../../src/certificates/index.ts";

/**
 * How bad each fault of a certificate is. Fatal: its facts would be guesses. Error: it cannot work, or
 * software that is in wide use refuses it. Warning: it works today, and something about it will hurt.
 * Notice: no action is needed.
 */
const GRADES: Readonly<Record<string, string>> = {
  fatal:
    "der.truncated der.not_certificate der.ber_indefinite " +
    // Software that takes one of these reads different times from it: 1899, the host's time zone.
    "time.malformed time.calendar time.not_zulu time.no_seconds time.fraction",
  error:
    "der.trailing_data der.non_minimal_length der.non_minimal_integer der.boolean_not_canonical " +
    "der.default_encoded der.null_content der.unused_bits der.string_encoding der.string_type " +
    "validity.inverted validity.expired validity.not_yet_valid " +
    "version.unknown " +
    "key.malformed key.rsa_lt_1024 key.rsa_lt_2048 key.rsa_even_modulus key.rsa_bad_exponent " +
    "key.rsa_fermat key.rsa_roca key.private_key_is_public key.dsa key.ec_explicit_params " +
    "key.ec_unknown_curve key.ec_lt_224 key.ec_invalid_point key.cannot_sign key.algorithm_not_accepted " +
    "upload.same_as_existing sig.self_signature_invalid",
  warning:
    "der.string_charset sigalg.mismatch_inner_outer sigalg.parameters sig.unused_bits ext.duplicate " +
    "version.extensions_without_v3 key.rsa_large_exponent der.set_order serial.negative_or_zero ext.malformed ext.unknown_critical name.empty_subject " +
    "key.rsa_small_exponent key.rsa_gt_8192 key.rsa_parameters key.ec_uncommon_curve " +
    "key.ec_compressed_point key.unsupported_by_most_sps " +
    "validity.expires_soon validity.too_long use.ku_without_digital_signature " +
    "use.looks_like_tls_certificate use.looks_like_encryption_cert upload.no_overlap_with_current",
  notice:
    "time.wrong_format_pre2050 validity.no_expiry validity.very_short validity.clock_skew " +
    "serial.too_long serial.low_entropy version.v1 name.country_length name.html_entities " +
    "uid.present key.rsa_odd_size sig.sha1 sig.md5 sig.self_issued sig.ca_issued use.ca_true " +
    "use.eku_server_auth upload.same_key_new_cert upload.shorter_life",
};

test("each code of a certificate has its severity, and each listed code exists", () => {
  const groups = /^(der|time|validity|sigalg|serial|version|ext|name|uid|key|sig|use|upload)\./;
  const graded = Object.entries(certificateCodes).filter(([code]) => groups.test(code));
  const expected = Object.entries(GRADES).flatMap(([severity, codes]) =>
    codes.split(" ").map((code) => `${code} ${severity}`),
  );
  expect(graded.map(([code, [severity]]) => `${code} ${severity}`).sort()).toEqual(expected.sort());
});
