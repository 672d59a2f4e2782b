/**
 * Names by identifier. Each line is an arc and what is below it: `2.5.4 3=CN 6=C` means 2.5.4.3
 * and 2.5.4.6.
 */
export function oidNames(...lines: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const line of lines) {
    const [arc, ...pairs] = line.split(" ");
    for (const pair of pairs) {
      const [last, name] = pair.split("=") as [string, string];
      names.set(`${arc}.${last}`, name);
    }
  }
  return names;
}
