import type { SamlCertCode } from "../core/codes/index.ts";
import type { CodeEntry } from "../core/finding.ts";
import { type GuardCode, guards } from "./plan/guards.ts";

function fatal(code: SamlCertCode, summary: string, hint: string): CodeEntry {
  return { code, severity: "fatal", summary, hint };
}

/** Every code of the rotation layer. */
export const rotationCodes: readonly CodeEntry[] = /* @__PURE__ */ [
  .../* @__PURE__ */ Object.entries(guards).map(([code, { summary, hint, override }]) =>
    fatal(code as GuardCode, summary, `${hint} Override: \`${override}\`.`),
  ),
  fatal(
    "rotation.policy_invalid",
    "The policy has a value that cannot be.",
    "Correct the value that the message names, and plan again.",
  ),
  fatal(
    "rotation.too_many_certificates",
    "There are more than 1000 certificates to plan with.",
    "Check where the certificates come from: one connection has a handful.",
  ),
  fatal(
    "rotation.replace_in_place_unsupported",
    "The policy says `replaceInPlace`, which this provider cannot do.",
    "Plan without `replaceInPlace`.",
  ),
  fatal(
    "rotation.plan_unknown",
    "It is not a rotation plan of a version that this package knows.",
    "Give a plan that `planRotation` of this version made.",
  ),
  fatal(
    "rotation.plan_altered",
    "The plan was altered after it was made.",
    "Make a new plan; a change belongs into its policy.",
  ),
  fatal(
    "rotation.wrong_store",
    "The plan is for another connection than the store.",
    "Give the store that the plan was made for.",
  ),
  fatal(
    "rotation.step_failed",
    "A step failed; the report says what stands.",
    "Resume with the same journal.",
  ),
  fatal(
    "rotation.cannot_undo",
    "A step cannot be taken back; the report says why.",
    "Compare what is stored with the plan by hand.",
  ),
  fatal(
    "rotation.rolled_back",
    "The rotation is being taken back, so it does not go forward.",
    "Finish with `rollbackRotation`, or make a new plan with a new journal.",
  ),
  fatal("rotation.cancelled", "The signal was aborted.", "Resume with the same journal."),
  fatal(
    "rotation.echo_mismatch",
    "The provider stored something else than was sent.",
    "Compare the provider's copy with the certificate by hand; retire nothing until they agree.",
  ),
  fatal(
    "rotation.journal_failed",
    "The journal could not be written, so the rotation went no further.",
    "Make room for the journal, then resume with it.",
  ),
  fatal(
    "rotation.clock_went_back",
    "The clock is more than five minutes behind the journal.",
    "Set the clock right, then resume.",
  ),
  fatal(
    "rotation.entity_ambiguous",
    "The metadata describes several identity providers.",
    "Say which one by its entityID.",
  ),
  {
    code: "rotation.metadata_unverified",
    severity: "warning",
    summary: "No signature of the metadata was verified.",
    hint: "Give the certificate that the metadata is signed with as the trust anchor.",
  },
  {
    code: "rotation.status_failed",
    severity: "error",
    summary: "A connection could not be asked about its certificates.",
    hint: "Read the message of that connection; the others were asked all the same.",
  },
  fatal("journal.empty", "The journal holds no plan.", "Check the path of the journal."),
  fatal(
    "journal.of_another_plan",
    "The journal belongs to another plan.",
    "Resume that one, or take a new journal for this plan.",
  ),
  fatal(
    "journal.locked",
    "Another run has the journal.",
    "Let the other run end; if there is none, remove the lock file.",
  ),
  fatal(
    "journal.lock_lost",
    "Another run has taken the journal.",
    "Let the other run end, then resume.",
  ),
  fatal(
    "journal.corrupt",
    "The journal is not what a run wrote.",
    "Look at what is stored and make a new plan with a new journal.",
  ),
  fatal(
    "journal.unreadable",
    "The journal cannot be opened.",
    "Check the path of the journal and the permissions of its folder.",
  ),
  fatal(
    "journal.too_large",
    "The journal is larger than 64 MiB.",
    "Check the path: a journal of one rotation has a few KiB.",
  ),
  fatal(
    "journal.write_failed",
    "The journal could not be written.",
    "Make room on the disk or allow writing, then resume with the same journal.",
  ),
];
