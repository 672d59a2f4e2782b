// A process that takes a connection, says so, and keeps it until it is killed.
import pg from "pg";
import { postgresJournal } from "samlcert/postgres";

const [, , host, user] = process.argv;
const pool = new pg.Pool({ host, user, database: "postgres" });
const journal = postgresJournal({ pool, leaseSeconds: 2 });
await journal.open({ provider: "p", integrationId: "killed" });
process.send("held");
