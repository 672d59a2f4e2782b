import type { Certificate } from "../../src/certificates/index.ts";
import type { RotationPolicy } from "../../src/rotation/index.ts";
import { type Cast, cast, certificate } from "../rotation/support/certificates.ts";

/** One kind of rotation that must survive everything. */
export interface Scenario {
  readonly name: string;
  readonly held: readonly Certificate[];
  readonly desired: readonly Certificate[];
  readonly policy: RotationPolicy;
  /** The limit of the fake provider. */
  readonly maxCertificates?: number;
}

/** Stored by somebody else, who has nothing to do with the rotation. */
export function stranger(): Promise<Certificate> {
  return certificate("stranger", -1500, 300);
}

/** The rotations of the fault suite. Day 0 is the day on which they begin. */
export async function scenarios(): Promise<readonly Scenario[]> {
  const { current, renewed, next, pending, expired }: Cast = await cast();
  const atOnce = { retire: { afterSeconds: 0 } };
  return [
    { name: "first certificate", held: [], desired: [next], policy: {} },
    {
      name: "renewal with the same key",
      held: [current],
      desired: [renewed],
      policy: atOnce,
    },
    {
      name: "new key, after an overlap",
      held: [current],
      desired: [next],
      policy: { retire: { afterSeconds: 5 * 86_400 } },
    },
    { name: "new key, retired on a person's word", held: [current], desired: [next], policy: {} },
    {
      name: "two next keys",
      held: [current],
      desired: [current, next, pending],
      policy: {},
    },
    { name: "expired current", held: [expired], desired: [next], policy: atOnce },
    {
      name: "duplicates stored",
      held: [current, next, next, current],
      desired: [next],
      policy: { ...atOnce, enabled: true },
    },
    {
      name: "provider at its limit, with an expired one",
      held: [expired, current],
      desired: [next],
      policy: { ...atOnce, maxCertificates: 2, overrides: ["remove_before_adding"] },
      maxCertificates: 2,
    },
    {
      name: "provider at its limit, with two next keys",
      held: [current],
      desired: [next, pending],
      policy: { maxCertificates: 2 },
      maxCertificates: 2,
    },
    {
      name: "replaceInPlace",
      held: [current],
      desired: [next],
      policy: { ...atOnce, replaceInPlace: true },
    },
  ];
}
