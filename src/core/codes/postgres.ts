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
} as const;
