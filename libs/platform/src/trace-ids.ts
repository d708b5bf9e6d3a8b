import { context, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, Span, SpanOptions, Tracer, TracerProvider } from '@opentelemetry/api';
import { RandomIdGenerator } from '@opentelemetry/sdk-trace';

/**
 * Spans that nobody collects: they have ids, so that events and log lines carry their trace, and nothing else. A span begins a trace, or goes on
 * with that of its parent, as with the provider of the SDK, whose spans cost 5 % of a delivery.
 */
export class TraceIds implements TracerProvider {
  private readonly ids = new RandomIdGenerator();
  private readonly tracer: Tracer = {
    startSpan: (_name, options, parent) => this.span(options, parent),
    startActiveSpan: <Work extends (span: Span) => ReturnType<Work>>(_name: string, ...rest: unknown[]): ReturnType<Work> => {
      const work = rest.pop() as Work;
      const [options, parent = context.active()] = rest as [SpanOptions?, Context?];
      const span = this.span(options, parent);
      return context.with(trace.setSpan(parent, span), () => work(span));
    },
  };

  getTracer(): Tracer {
    return this.tracer;
  }

  private span({ root = false }: SpanOptions = {}, parent = context.active()): Span {
    const above = root ? undefined : trace.getSpanContext(parent);
    const goesOn = above !== undefined && trace.isSpanContextValid(above);
    return trace.wrapSpanContext({
      traceId: goesOn ? above.traceId : this.ids.generateTraceId(),
      spanId: this.ids.generateSpanId(),
      traceFlags: goesOn ? above.traceFlags : TraceFlags.SAMPLED,
      ...(goesOn && above.traceState ? { traceState: above.traceState } : {}),
    });
  }
}
