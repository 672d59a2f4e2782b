/** One change of the tables. Migrations are only ever added, never changed. */
export interface Migration {
  readonly version: number;
  /**
   * The oldest code that works with the tables afterwards. A migration that only adds leaves it as it
   * is, so that old and new workers run side by side.
   */
  readonly needs: number;
  readonly statements: readonly string[];
}

export const migrations: readonly Migration[] = [
  {
    version: 1,
    needs: 1,
    statements: [
      `create table {s}.rotation (
        id bigint generated always as identity primary key,
        name text unique,
        provider text not null default '',
        origin text not null default '',
        integration_id text not null default '',
        status text not null default 'open',
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`,
      "create index rotation_connection on {s}.rotation (provider, integration_id, id desc)",
      "create index rotation_over on {s}.rotation (updated_at) where status <> 'open'",
      // json, not jsonb: it keeps the text as it was written.
      `create table {s}.record (
        rotation bigint not null references {s}.rotation on delete cascade,
        position integer not null,
        record json not null,
        primary key (rotation, position)
      )`,
      `create table {s}.lock (
        name text primary key,
        token uuid not null,
        holder text not null,
        until timestamptz not null
      )`,
      "create table {s}.cache (key text primary key, copy text not null, at timestamptz not null)",
      `create table {s}.budget_token (
        budget text not null,
        slot integer not null,
        free_at timestamptz not null,
        token uuid,
        primary key (budget, slot)
      ) with (fillfactor = 50)`,
      `create table {s}.tenant (
        tenant text primary key,
        account text not null default '',
        state text not null default 'new',
        paused boolean not null default false,
        gone_at timestamptz,
        listed bigint not null default 0,
        due_at timestamptz not null default now(),
        attempts integer not null default 0,
        wake bigint not null default 0,
        lease uuid,
        lease_until timestamptz,
        worker text,
        looked_at timestamptz,
        updated_at timestamptz not null default now(),
        code text,
        message text,
        provider text,
        integration_id text,
        rotation bigint,
        plan json,
        change text,
        approved text,
        confirmed bigint
      ) with (fillfactor = 70)`,
      "create index tenant_due on {s}.tenant (due_at) where not paused and gone_at is null",
      "create index tenant_state on {s}.tenant (state)",
      "create index tenant_lease on {s}.tenant (lease_until) where lease is not null",
      `create table {s}.history (
        id bigint generated always as identity primary key,
        tenant text not null,
        at timestamptz not null default now(),
        type text not null,
        code text,
        message text,
        who text not null default ''
      )`,
      "create index history_tenant on {s}.history (tenant, id desc)",
      "create index history_at on {s}.history (at)",
      `create table {s}.setting (
        one boolean primary key default true check (one),
        paused boolean not null default false,
        listing bigint not null default 0,
        listed_at timestamptz,
        cleaned_at timestamptz
      )`,
      "insert into {s}.setting default values",
      `create table {s}.worker (
        name text primary key,
        version integer not null,
        started_at timestamptz not null default now(),
        seen_at timestamptz not null default now(),
        running integer not null default 0,
        rss_bytes bigint not null default 0
      )`,
    ],
  },
];
