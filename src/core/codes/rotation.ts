/** Planning and running a rotation. */
export const rotationCodes = {
  "guard.nothing_desired": [
    "fatal",
    "No certificate is desired: {detail}.",
    "Give the certificate that the identity provider signs with. Override: `remove_every_certificate`.",
    "",
  ],
  "guard.last_usable_certificate": [
    "fatal",
    "Without {certificate} no stored certificate would be valid on {time}.",
    "Add a certificate that is valid before the last one is removed. Override: `leave_no_usable_certificate`.",
    "",
  ],
  "guard.not_superseded": [
    "fatal",
    "Stored certificate {certificate} began later and lasts longer than every desired one.",
    "Add it to the desired certificates if somebody has staged it; otherwise check that the desired ones are not old. Override: `retire_what_may_be_newer`.",
    "",
  ],
  "guard.expired_successor": [
    "fatal",
    "Every desired certificate has expired.",
    "Renew the certificate at the identity provider and give the new one. Override: `trust_expired_certificate`.",
    "",
  ],
  "guard.short_life": [
    "fatal",
    "The longest-lived desired certificate ends on {time}, sooner than the policy's minimum allows.",
    "Renew the certificate at the identity provider first, or lower the minimum. Override: `accept_short_life`.",
    "",
  ],
  "guard.same_key_shorter_life": [
    "fatal",
    "Certificate {certificate} has the key of stored certificate {other}, but ends before it.",
    "Check that the certificate is the renewal and not an earlier issue of the same key. Override: `accept_shorter_life_for_same_key`.",
    "",
  ],
  "guard.disabled_successor": [
    "fatal",
    "The provider stores desired certificate {certificate} disabled.",
    "Set `enabled: true` in the policy, or enable it at the provider. Override: `retire_while_successor_is_disabled`.",
    "",
  ],
  "guard.provider_full": [
    "fatal",
    "The provider stores {count} of at most {limit} certificates: there is no room for a new one.",
    {
      library:
        "Name the certificate that is not in use in `removeFirst`, or choose `replaceInPlace`. Override: `remove_before_adding`.",
      terminal:
        "Name the certificate that is not in use with --remove-first ID. Override: `remove_before_adding`.",
    },
    "",
  ],
  "guard.store_changed": [
    "fatal",
    "Somebody else changed the stored certificates: {changes}.",
    "Find out who else writes to this connection, then make a new plan. Override: `ignore_other_writers`.",
    "",
  ],
  "guard.still_published": [
    "fatal",
    "The identity provider still publishes {certificate}.",
    "Wait until the identity provider has switched, then resume. Override: `retire_what_is_still_published`.",
    "",
  ],
  "guard.old_key_still_used": [
    "fatal",
    "The last observed sign-in was signed with {certificate}, which is to be removed.",
    "Wait until sign-ins arrive with the new certificate, then resume. Override: `retire_what_is_still_used`.",
    "",
  ],
  "guard.other_entity": [
    "fatal",
    'The metadata describes {found}, not "{expected}".',
    "Check the address of the metadata and the identity provider's issuer. Override: `accept_other_entity`.",
    "",
  ],
  "rotation.policy_invalid": [
    "fatal",
    "The policy is invalid. {detail}",
    "Correct the option that the message names, and plan again.",
    "",
  ],
  "rotation.too_many_certificates": [
    "fatal",
    "There are more than {limit} certificates to plan with.",
    "Check where the certificates come from: one connection has a handful.",
    "",
  ],
  "rotation.replace_in_place_unsupported": [
    "fatal",
    "The policy says `replaceInPlace`, but this provider cannot overwrite a certificate.",
    "Plan without `replaceInPlace`.",
    "",
  ],
  "rotation.plan_unknown": [
    "fatal",
    "This is not a rotation plan, or one of an unknown version.",
    {
      library: "Pass a plan that `planRotation` of this version made.",
      terminal: "Give a file that `samlcert rotate plan --json` of this version wrote.",
    },
    "",
  ],
  "rotation.plan_altered": [
    "fatal",
    "The plan was altered after it was made.",
    "Put the change into the policy, and make a new plan.",
    "",
  ],
  "rotation.wrong_store": [
    "fatal",
    "The plan is for {planned}, the store is {given}.",
    {
      library: "Pass the store that the plan was made for.",
      terminal: "Name the connection that the plan was made for.",
    },
    "",
  ],
  "rotation.step_failed": [
    "fatal",
    "{step} failed: {reason}",
    { library: "Resume with the same journal.", terminal: "Resume the rotation." },
    "",
  ],
  "rotation.cannot_undo": [
    "fatal",
    "The step cannot be undone: {reason}.",
    "Compare the stored certificates with the plan by hand.",
    "",
  ],
  "rotation.rolled_back": [
    "fatal",
    "The rotation is being rolled back, so it does not go forward.",
    {
      library: "Finish with `rollbackRotation`, or make a new plan with a new journal.",
      terminal: "Finish with `samlcert rotate rollback`, or start a new rotation.",
    },
    "",
  ],
  "rotation.cancelled": [
    "fatal",
    "The rotation was cancelled.",
    { library: "Resume with the same journal.", terminal: "Resume the rotation." },
    "",
  ],
  "rotation.echo_mismatch": [
    "fatal",
    "The provider did not store the certificate that was sent: {faults}.",
    "Compare the provider's copy with the certificate by hand; retire nothing until they agree.",
    "",
  ],
  "rotation.journal_failed": [
    "fatal",
    "The journal could not be written, so the rotation stopped.",
    "Make room for the journal, then resume with it.",
    "",
  ],
  "rotation.not_removed": [
    "fatal",
    "The provider reported that it removed {id}, but still lists it.",
    { library: "Resume with the same journal.", terminal: "Resume the rotation." },
    "",
  ],
  "rotation.not_staged": [
    "fatal",
    "The new certificate is not stored yet, so nothing can be retired.",
    {
      library: "Finish the first part with `resumeRotation`, then switch the identity provider.",
      terminal:
        "Finish the first part with `samlcert rotate resume`, then switch the identity provider.",
    },
    "",
  ],
  "rotation.no_evidence": [
    "fatal",
    "The policy waits until the identity provider no longer publishes a certificate, but the plan has no metadata to read.",
    {
      library: "Plan with a `source`, or pass `published`.",
      terminal:
        "Plan with --metadata, or confirm the switch with `samlcert rotate retire --switched`.",
    },
    "",
  ],
  "rotation.evidence_unreadable": [
    "fatal",
    "The identity provider's certificates could not be read, so nothing was removed: {reason}",
    "Make the metadata readable again, then resume.",
    "",
  ],
  "rotation.locked": [
    "fatal",
    "The connection is being rotated by {holder}.",
    {
      library:
        "Let the other run end. If its machine is gone, pass the machine's name as `deadHost` to `fileJournal`.",
      terminal:
        "Let the other run end. If its machine is gone, take its lock over with --take-over HOST.",
    },
    "",
  ],
  "rotation.clock_went_back": [
    "fatal",
    "The clock is {seconds} seconds earlier than the journal's last record.",
    "Set the clock right, then resume.",
    "",
  ],
  "rotation.no_identity_provider": [
    "fatal",
    "The metadata describes no identity provider.",
    "Give the identity provider's metadata, not the service provider's.",
    "",
  ],
  "rotation.entity_ambiguous": [
    "fatal",
    "The metadata describes {count} identity providers.",
    {
      library: "Name one by `entityId`.",
      terminal: "Name one with --entity-id.",
    },
    "",
  ],
  "rotation.metadata_unverified": [
    "warning",
    "No signature of the metadata was verified: anybody who can change it decides who signs in.",
    {
      library: "Pass the certificate that the metadata is signed with as `trust`.",
      terminal: "Give the certificate that the metadata is signed with to --trust.",
    },
    "",
  ],
  "journal.empty": [
    "fatal",
    "The journal contains no plan.",
    {
      library: "Check the journal's path, or execute a plan with it first.",
      terminal: "Check the journal's path, or start a rotation first.",
    },
    "",
  ],
  "journal.of_another_plan": [
    "fatal",
    "The journal belongs to another plan.",
    {
      library: "Resume that plan, or pass a new journal for this one.",
      terminal: "Resume that plan, or name a new file with --journal.",
    },
    "",
  ],
  "journal.locked": [
    "fatal",
    "The journal is in use by {holder}.",
    {
      library:
        "Let the other run end. If its machine is gone, pass the machine's name as `deadHost` to `fileJournal`.",
      terminal:
        "Let the other run end. If its machine is gone, take its lock over with --take-over HOST.",
    },
    "",
  ],
  "journal.lock_lost": [
    "fatal",
    "Another run has taken the journal.",
    "Let the other run end, then resume.",
    "",
  ],
  "journal.not_a_journal": [
    "fatal",
    "The file is not a rotation journal, so it was not changed.",
    "Check the journal's path.",
    "",
  ],
  "journal.corrupt": [
    "fatal",
    "The journal is damaged: {detail}.",
    "Compare the stored certificates with the plan, and make a new plan with a new journal.",
    "",
  ],
  "journal.unreadable": [
    "fatal",
    "The journal cannot be opened ({reason}).",
    "Check the journal's path and the permissions of its folder.",
    "",
  ],
  "journal.too_large": [
    "fatal",
    "The journal is larger than 64 MiB.",
    "Check the path: the journal of one rotation has a few KiB.",
    "",
  ],
  "journal.write_failed": [
    "fatal",
    "The journal could not be written ({reason}).",
    "Make room on the disk or allow writing, then resume with the same journal.",
    "",
  ],
} as const;
