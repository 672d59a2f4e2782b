import type { Hooks, RequestEvent } from "../../providers/http/hooks.ts";
import type { Progress } from "../output/progress.ts";

const NOTHING = "Nothing was changed.";

/** Shows each request on the progress line, and the state that an interruption would leave. */
export function tellRequests(progress: Progress, title: string): Required<Hooks> {
  let settled = NOTHING;
  const writes = ({ method }: RequestEvent): boolean => method !== "GET";
  return {
    onRequest(request) {
      const { operation, attempt } = request;
      const again = attempt === 1 ? "" : `, attempt ${attempt}`;
      progress.doing(`waiting for ${title} (${operation}${again})`);
      if (!writes(request)) return;
      progress.stands(
        `${title} may or may not have done ${operation}: check the stored state before you repeat it.`,
      );
    },
    onResponse({ request, status }) {
      if (!writes(request) || status === undefined) return;
      if (status < 300) settled = `${title} has done ${request.operation}.`;
      progress.stands(settled);
    },
    onRetry({ delayMs, error }) {
      const seconds = Math.ceil(delayMs / 1000);
      progress.doing(`waiting ${seconds} s before the next attempt at ${title} (${error})`);
    },
  };
}
