/** Journals, caches and the rotation of many tenants in PostgreSQL. */
export const postgresCodes = {
  "postgres.unavailable": [
    "fatal",
    "PostgreSQL cannot be reached ({reason}).",
    "Check the database and its address. Nothing is lost: the work continues when it answers again.",
    "",
  ],
  "postgres.failed": [
    "fatal",
    "PostgreSQL refused a statement ({reason}).",
    "Look the SQLSTATE up in the log of the database.",
    "",
  ],
  "postgres.permission_denied": [
    "fatal",
    "The database role lacks a privilege on the schema {schema}.",
    {
      library:
        "Grant the privileges that docs/guides/run-a-fleet.md lists, or migrate as the owner.",
      terminal:
        "Grant the privileges that docs/guides/run-a-fleet.md lists, or run `samlcert fleet migrate` as the owner.",
    },
    "",
  ],
  "postgres.schema_newer": [
    "fatal",
    "The schema {schema} needs at least version {needed} of its tables, and this samlcert knows version {known}.",
    "Update samlcert: a newer version has migrated the database.",
    "",
  ],
  "postgres.package_missing": [
    "fatal",
    "The package {name} is not installed.",
    "Install it: npm install {name}",
    "",
  ],
  "fleet.unknown_tenant": [
    "fatal",
    "The fleet has no tenant {tenant}.",
    "Check its name. A new tenant appears after the worker has read the list of tenants.",
    "",
  ],
  "fleet.nothing_to_approve": [
    "fatal",
    "No plan of tenant {tenant} awaits an approval.",
    {
      library: "Call `status` to see the state of the tenant.",
      terminal: "Run `samlcert fleet history TENANT` to see the last events of the tenant.",
    },
    "",
  ],
  "fleet.nothing_to_confirm": [
    "fatal",
    "No rotation of tenant {tenant} awaits the switch of its identity provider.",
    {
      library: "Call `status` to see the state of the tenant.",
      terminal: "Run `samlcert fleet history TENANT` to see the last events of the tenant.",
    },
    "",
  ],
  "fleet.no_store": [
    "error",
    "`storeOf` returned no store for this tenant.",
    "Make `storeOf` return a CertificateStore, or leave the tenant out of `tenants`.",
    "",
  ],
  "fleet.no_source": [
    "error",
    "`sourceOf` returned no metadata source for this tenant.",
    "Make `sourceOf` return the identity provider's metadata, or leave the tenant out of `tenants`.",
    "",
  ],
  "fleet.callback_failed": [
    "error",
    "`{callback}` threw {reason}.",
    "Look at this function of your program; its error is in the `cause` of the event.",
    "",
  ],
  "fleet.stalled": [
    "error",
    "Nothing happened for {seconds} seconds, so the work on this tenant was given up for now.",
    "Find out why the provider, the metadata server or a function of your program does not answer.",
    "",
  ],
  "fleet.lease_lost": [
    "error",
    "The work on this tenant was taken over by another worker.",
    "Nothing to do: the other worker continues from the journal.",
    "",
  ],
} as const;
