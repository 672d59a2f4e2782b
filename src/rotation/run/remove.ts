import { type Run, stopped } from "./run.ts";
import { readings } from "./unchanged.ts";
import { callOptions } from "./write.ts";

/** Removes a certificate, and believes it only after a reading. */
export async function remove(run: Run, id: string): Promise<void> {
  const known = run.known();
  const options = { ...callOptions(run), ...(known && { known }) };
  await run.request(() => run.store.remove(id, options));
  for await (const listed of readings(run)) {
    if (listed.every((item) => item.id !== id)) return;
  }
  throw stopped(run, "rotation.not_removed", { id });
}
