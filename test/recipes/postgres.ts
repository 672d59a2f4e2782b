import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
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
  const settings = ["listen_addresses=", `unix_socket_directories=${host}`, "fsync=off"];
  const flags = settings.flatMap((setting) => ["-c", setting]);
  const server = spawn(join(programs, "postgres"), ["-D", data, ...flags], options);
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const isReady = () => {
    try {
      execFileSync(join(programs, "pg_isready"), ["-h", host, "-q"], options);
      return true;
    } catch {
      return false;
    }
  };
  for (let attempt = 0; attempt < 100 && !isReady(); attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    host,
    user,
    async stop() {
      // Fast shutdown: it does not wait for clients.
      server.kill("SIGINT");
      await ended;
      rmSync(host, { recursive: true, force: true });
    },
  };
}
