import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { TraceIds } from './trace-ids.js';

/** The tracing of a process. */
export interface Tracing {
  /** Sends what is left. */
  shutdown(): Promise<void>;
}

/** Sends spans to an OTLP/HTTP collector. Loaded only where there is one: it brings metrics, encodings and HTTP of its own.
 * @param endpoint base URL. */
export async function otlpExporter(endpoint: string): Promise<SpanExporter> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  return new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
}

/**
 * Registers tracing for this process: W3C trace context always, so that every event carries its `traceparent`.
 * @param exporter where spans go; without one they are ids only.
 */
export function startTracing(service: string, exporter: SpanExporter | undefined): Tracing {
  const provider =
    exporter &&
    new TracerProvider({
      resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: `tributary-${service}` }),
      spanProcessors: [new BatchSpanProcessor({ exporter })],
    });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider ?? new TraceIds());
  return { shutdown: async () => provider?.shutdown() };
}
