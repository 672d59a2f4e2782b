import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where Debian's packages put the programs of the newest PostgreSQL; undefined where it is absent. */
export function postgresFolder(): string | undefined {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return undefined;
  const [newest] = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  const folder = newest === undefined ? undefined : join(root, newest, "bin");
  return folder !== undefined && existsSync(join(folder, "initdb")) ? folder : undefined;
}

/** A PostgreSQL of its own, which listens at a socket in its folder only. */
export interface Postgres {
  readonly host: string;
  readonly user: string;
  /** Kills every process of the server at once, and starts it again: a failover. */
  crash(): Promise<void>;
  /** PgBouncer in transaction mode before this server; returns the folder of its socket. */
  bouncer(): Promise<string>;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root; the package has made a user for it. */
function owner(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"]));
  return { uid: id("-u"), gid: id("-g") };
}

export async function startPostgres(programs: string): Promise<Postgres> {
  const host = mkdtempSync(join(tmpdir(), "samlcert-pg-"));
  const user = "samlcert";
  const as = owner();
  if (as.uid !== undefined && as.gid !== undefined) chownSync(host, as.uid, as.gid);
  const data = join(host, "data");
  const options = { ...as, cwd: host, stdio: "ignore" } as const;
  const init = ["-D", data, "-A", "trust", "-U", user, "--no-sync"];
  execFileSync(join(programs, "initdb"), init, options);
  const settings = [
    ...["listen_addresses=", `unix_socket_directories=${host}`, "fsync=off"],
    ...["max_connections=200", "log_min_messages=fatal"],
  ];
  const flags = settings.flatMap((setting) => ["-c", setting]);
  const isReady = () => {
    try {
      execFileSync(join(programs, "pg_isready"), ["-h", host, "-q"], options);
      return true;
    } catch {
      return false;
    }
  };
  let server: ChildProcess;
  let ended: Promise<void>;
  const bouncers: ChildProcess[] = [];
  const start = async () => {
    server = spawn(join(programs, "postgres"), ["-D", data, ...flags], options);
    ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
    for (let attempt = 0; attempt < 200 && !isReady(); attempt += 1) await pause(50);
  };
  await start();
  return {
    host,
    user,
    async crash() {
      // SIGQUIT is an immediate shutdown: connections break, and the next start recovers.
      server.kill("SIGQUIT");
      await ended;
      await start();
    },
    async bouncer() {
      const folder = mkdtempSync(join(host, "bouncer-"));
      if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
      const file = join(folder, "pgbouncer.ini");
      writeFileSync(file, bouncerSettings(host, user, folder));
      const child = spawn("/usr/sbin/pgbouncer", ["-q", file], options);
      bouncers.push(child);
      const socket = join(folder, ".s.PGSQL.6432");
      for (let attempt = 0; attempt < 200 && !existsSync(socket); attempt += 1) await pause(25);
      return folder;
    },
    async stop() {
      for (const child of bouncers) child.kill("SIGKILL");
      // Fast shutdown: it does not wait for clients.
      server.kill("SIGINT");
      await ended;
      rmSync(host, { recursive: true, force: true });
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Two connections to the server for any number of clients: a session lock would be lost. */
function bouncerSettings(host: string, user: string, folder: string): string {
  return `[databases]
postgres = host=${host} user=${user} dbname=postgres
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = ${folder}
auth_type = any
pool_mode = transaction
default_pool_size = 2
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
`;
}

/** The reason why tests with PostgreSQL cannot run here; empty if they can. */
export function postgresMissing(): string {
  const why = postgresFolder() === undefined ? "PostgreSQL is not installed" : "";
  if (why !== "" && process.env["SAMLCERT_REQUIRE_ALL"] === "1") throw new Error(why);
  return why;
}
