import fc from "fast-check";

/**
 * fast-check with one seed for every property, so that a red run can be repeated and a green one is
 * not luck. `SAMLCERT_SEED` draws other cases.
 */
fc.configureGlobal({ seed: Number(process.env["SAMLCERT_SEED"] ?? 20_261_130) });

export { fc };
