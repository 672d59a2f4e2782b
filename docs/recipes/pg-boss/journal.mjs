/** Creates the table of the journals. */
export async function createJournalTable(pool) {
  await pool.query(`create table if not exists samlcert_journal (
    rotation text not null,
    position integer not null,
    record jsonb not null,
    written_at timestamptz not null default now(),
    primary key (rotation, position)
  )`);
}

/**
 * A rotation's journal in PostgreSQL. Advisory locks keep out a second run of the rotation, and any
 * other rotation of the same connection, on all machines. They end with the database connection, so a
 * killed worker leaves no lock.
 */
export function postgresJournal(pool, rotation) {
  let connection;
  let position = 0;
  return {
    async open({ provider, integrationId } = {}) {
      const client = await pool.connect();
      try {
        const lock = "select pg_try_advisory_lock(hashtextextended($1, 0)) as locked";
        const names = provider ? [rotation, `${provider} ${integrationId}`] : [rotation];
        for (const name of names) {
          const { rows } = await client.query(lock, [name]);
          if (!rows[0].locked) throw new Error(`Another run has ${name}.`);
        }
        const read = "select record from samlcert_journal where rotation = $1 order by position";
        const records = (await client.query(read, [rotation])).rows.map(({ record }) => record);
        position = records.length;
        connection = client;
        return records;
      } catch (error) {
        client.release(true);
        throw error;
      }
    },
    async append(record) {
      const write = "insert into samlcert_journal (rotation, position, record) values ($1, $2, $3)";
      await connection.query(write, [rotation, position, JSON.stringify(record)]);
      position += 1;
    },
    async close() {
      // Closing the connection gives the lock back, whatever state it is in.
      connection?.release(true);
      connection = undefined;
    },
  };
}
