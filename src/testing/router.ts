import type { Operation } from "../providers/http/operation.ts";

/** An operation and the parameters in the path that called it. */
export interface Matched {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function parametersOf(
  route: string,
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const parts = route.split("/");
  if (parts.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const segment = decodeSegment(segments[i] ?? "");
    if (segment === undefined) return undefined;
    if (!part.startsWith("{")) {
      if (part !== segment) return undefined;
    } else if (segment === "") {
      return undefined;
    } else {
      parameters[part.slice(1, -1)] = segment;
    }
  }
  return parameters;
}

/** Finds the operation that a method and a path call. */
export function createRouter(
  operations: readonly Operation[],
): (method: string, path: string) => Matched | undefined {
  return (method, path) => {
    const segments = path.split("/");
    for (const operation of operations) {
      if (operation.method !== method) continue;
      const parameters = parametersOf(operation.route, segments);
      if (parameters !== undefined) return { operation, parameters };
    }
    return undefined;
  };
}
