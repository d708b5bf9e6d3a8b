import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Link } from '@opentelemetry/api';
import { headers as names } from '@tributary/contracts';
import { errorCodeOf } from '@tributary/domain';
import type { EncodedMessage } from '../partition-send-queue.js';

/** One link per trace that has a message in the batch; messages of many callers share one send. */
export function linksOf(batch: readonly Pick<EncodedMessage, 'headers'>[]): Link[] {
  const parents = new Set(batch.map(({ headers }) => headers[names.traceparent]?.toString()).filter((parent) => parent !== undefined));
  return [...parents].flatMap((traceparent) => {
    const remote = trace.getSpanContext(propagation.extract(context.active(), { [names.traceparent]: traceparent }));
    return remote ? [{ context: remote }] : [];
  });
}

/** A span of its own for one send to one partition, linked to the traces of all its messages. */
export async function withSendSpan<T>(
  topic: string,
  partition: number,
  batch: readonly Pick<EncodedMessage, 'headers'>[],
  work: () => Promise<T>,
): Promise<T> {
  const span = trace.getTracer('@tributary/messaging').startSpan(`${topic} send`, {
    kind: SpanKind.PRODUCER,
    root: true,
    attributes: {
      'messaging.system': 'kafka',
      'messaging.operation.type': 'send',
      'messaging.destination.name': topic,
      'messaging.destination.partition.id': String(partition),
      'messaging.batch.message_count': batch.length,
    },
  });
  if (span.isRecording()) span.addLinks(linksOf(batch));
  try {
    return await work();
  } catch (error) {
    // Never its text, which may name what is in the record.
    span.setStatus({ code: SpanStatusCode.ERROR, message: errorCodeOf(error) });
    throw error;
  } finally {
    span.end();
  }
}
