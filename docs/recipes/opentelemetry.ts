/**
 * One OpenTelemetry span for each attempt of a call to a provider.
 *
 * Pass `trace.getTracer("samlcert")` of `@opentelemetry/api`, and spread the result into the options
 * of a client: `createSendGridClient({ apiKey, ...tracingHooks(tracer) })`. The hooks are handed
 * neither credentials nor bodies, so that no span can hold them.
 */
import type { Hooks, RequestEvent } from "samlcert/sendgrid";

/** The part of `Tracer` in `@opentelemetry/api` that is used here. */
export interface Tracer {
  startSpan(
    name: string,
    options: { kind: number; attributes: Record<string, string | number> },
  ): Span;
}

export interface Span {
  setAttribute(name: string, value: string | number): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  end(): void;
}

const CLIENT = 2; // SpanKind.CLIENT
const ERROR = 2; // SpanStatusCode.ERROR

export function tracingHooks(tracer: Tracer): Hooks {
  const spans = new WeakMap<RequestEvent, Span>();
  return {
    onRequest(request) {
      const { hostname } = new URL(request.url);
      // Names and attributes of the HTTP semantic conventions; the route keeps ids out of names.
      const attributes = {
        "http.request.method": request.method,
        "url.template": request.route,
        "server.address": hostname,
        "http.request.resend_count": request.attempt - 1,
        "samlcert.operation": `${request.provider}.${request.operation}`,
      };
      const name = `${request.method} ${request.route}`;
      spans.set(request, tracer.startSpan(name, { kind: CLIENT, attributes }));
    },
    onResponse({ request, status, error, requestId }) {
      const span = spans.get(request);
      if (span === undefined) return;
      if (status !== undefined) span.setAttribute("http.response.status_code", status);
      if (requestId !== undefined) span.setAttribute("samlcert.request_id", requestId);
      if (error !== undefined) {
        span.setAttribute("error.type", error);
        span.setStatus({ code: ERROR, message: error });
      }
      span.end();
    },
  };
}
