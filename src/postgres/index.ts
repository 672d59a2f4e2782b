export type { RequestLimiter } from "../providers/http/transport.ts";
export { type PostgresBudgetOptions, postgresBudget } from "./budget.ts";
export { type PostgresCacheOptions, postgresCache } from "./cache.ts";
export { PostgresError } from "./error.ts";
export { type PostgresJournalOptions, postgresJournal } from "./journal.ts";
export { postgresJournals } from "./journals.ts";
export { migratePostgres } from "./migrate.ts";
export type { PostgresOptions } from "./options.ts";
export type { PostgresClient, PostgresPool, PostgresResult } from "./pool.ts";
