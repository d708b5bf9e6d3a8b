import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import { headers as names } from '@tributary/contracts';
import { errorCodeOf } from '@tributary/domain';
import { isObservable, lastValueFrom } from 'rxjs';
import { contextOf, deadLetterPattern, isDeadLetterTopic, textHeaders } from './envelope.js';
import type { IncomingMessage } from './envelope.js';
import { PoisonMessageError } from './errors.js';
import type { MessageContext, Outgoing, Publisher } from './message.js';
import type { MessagingLog } from './log.js';
import type { MessagingMetrics } from './metrics.js';
import { definitionOf } from './wire-codec.js';
import type { WireCodec } from './wire-codec.js';

/** A Nest event handler, as Nest's server keeps it. */
export type Handler = (payload: unknown, context: MessageContext) => unknown;

/** The surroundings of {@link MessageProcessor}. */
export interface MessageProcessorOptions {
  readonly group: string;
  readonly codec: WireCodec;
  readonly publisher: Publisher;
  readonly metrics: MessagingMetrics;
  /** Whether a message without a handler is skipped or dead-lettered. */
  readonly unhandled: 'skip' | 'dead-letter';
  handlerFor(pattern: string): Handler | undefined;
  /** Told of each message that was handled, at level debug. */
  readonly log?: MessagingLog | undefined;
}

const tracer = trace.getTracer('@tributary/messaging');
const textGetter = {
  get: (carrier: Readonly<Record<string, string>>, key: string): string | undefined => carrier[key],
  keys: (carrier: Readonly<Record<string, string>>): string[] => Object.keys(carrier),
};

/** The trace context that a message carries. */
export function remoteContext(headers: Readonly<Record<string, string>>): Context {
  return propagation.extract(context.active(), headers, textGetter);
}

/**
 * One message through its handler: decode, call, publish what it returns, wait for the acks (I1). Resolves when all of that is
 * done; throws any failure, and the partition worker acts on its disposition.
 */
export class MessageProcessor {
  constructor(private readonly options: MessageProcessorOptions) {}

  /** Whether a message of the catalogue is for a handler here; dead letters are no messages of the catalogue. */
  handles({ topic, headers }: IncomingMessage): boolean {
    const type = lastText(headers[names.type]);
    return type !== undefined && !isDeadLetterTopic(topic) && this.options.handlerFor(type) !== undefined;
  }

  async process(message: IncomingMessage, attempt: number, signal: AbortSignal): Promise<void> {
    const headers = textHeaders(message.headers);
    const dead = isDeadLetterTopic(message.topic);
    const type = dead ? deadLetterPattern : headers[names.type];
    if (type === undefined)
      throw new PoisonMessageError(`reading ${message.topic}/${message.partition}/${message.offset}: no ${names.type} header`, {
        topic: message.topic,
      });
    const handler = this.options.handlerFor(type);
    if (!handler) return this.unhandled(message, type);

    const sender = remoteContext(headers);
    const span = tracer.startSpan(
      `${message.topic} process`,
      {
        kind: SpanKind.CONSUMER,
        attributes: {
          'messaging.system': 'kafka',
          'messaging.operation.type': 'process',
          'messaging.destination.name': message.topic,
          'messaging.destination.partition.id': String(message.partition),
          'messaging.kafka.offset': message.offset.toString(),
          'messaging.consumer.group.name': this.options.group,
          'messaging.message.id': headers[names.id] ?? '',
          'tributary.event.type': type,
        },
      },
      sender,
    );
    const startedAt = performance.now();
    try {
      await context.with(trace.setSpan(sender, span), async () => {
        const payload = dead ? (message.value ?? Buffer.alloc(0)) : await this.decodeUnlessSettled(type, message, headers);
        if (payload === undefined) return;
        const returned = await settled(handler(payload, contextOf(message, headers, type, attempt, signal)));
        const outgoing = outgoingOf(returned, type);
        if (outgoing.length > 0) await this.options.publisher.publish(outgoing);
      });
      this.options.metrics.count('messages_handled_total', { group: this.options.group, type });
      this.options.log?.('debug', 'a message was handled', about(message, type, startedAt));
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: errorCodeOf(error) });
      throw error;
    } finally {
      span.end();
    }
  }

  /** Undefined when an operator skips or resolves a message that cannot be decoded: it just ends, there is nothing to tell its handler. */
  private async decodeUnlessSettled(type: string, message: IncomingMessage, headers: Readonly<Record<string, string>>): Promise<unknown> {
    try {
      return await this.decode(type, message);
    } catch (error) {
      const action = headers[names.orderAction];
      if (error instanceof PoisonMessageError && (action === 'skip' || action === 'resolve')) return undefined;
      throw error;
    }
  }

  private async decode(type: string, message: IncomingMessage): Promise<unknown> {
    const definition = definitionOf(type);
    if (!definition)
      throw new PoisonMessageError(`reading ${message.topic}/${message.partition}/${message.offset}: the catalogue has no event ${type}`, {
        type,
      });
    return this.options.codec.decode(definition, message.value);
  }

  private unhandled(message: IncomingMessage, type: string): void {
    // A label from a fixed list: a foreign type may be any text.
    const label = definitionOf(type) === undefined ? 'unknown' : type;
    this.options.metrics.count('messages_unhandled_total', { group: this.options.group, type: label });
    if (this.options.unhandled === 'dead-letter') {
      throw new PoisonMessageError(`reading ${message.topic}/${message.partition}/${message.offset}: nothing here handles ${type}`, {
        type,
      });
    }
  }
}

/** What a line says of a message: where it is and what it is, nothing of what is in it (I8). */
function about({ topic, partition, offset, headers }: IncomingMessage, type: string, startedAt: number): Record<string, unknown> {
  const ms = Math.round((performance.now() - startedAt) * 10) / 10;
  return { topic, partition, offset: offset.toString(), id: lastText(headers[names.id]), type, ms };
}

function lastText(value: IncomingMessage['headers'][string]): string | undefined {
  const last = Array.isArray(value) ? value.at(-1) : value;
  return last?.toString();
}

/** The value of a handler's result: a value, a promise, or a stream of either. */
async function settled(result: unknown): Promise<unknown> {
  const value: unknown = await result;
  return isObservable(value) ? settled(await lastValueFrom(value, { defaultValue: undefined })) : value;
}

function outgoingOf(returned: unknown, type: string): Outgoing[] {
  if (returned === undefined || returned === null) return [];
  if (isChain(returned)) return [...outgoingOf(returned.current, type), ...outgoingOf(returned.next, type)];
  const list: unknown[] = Array.isArray(returned) ? returned : [returned];
  for (const message of list) {
    const { event, key, id } = (message ?? {}) as Partial<Outgoing>;
    if (!event || typeof key !== 'string' || typeof id !== 'string')
      throw new TypeError(`the handler of ${type} returned something that is no outgoing message`);
  }
  return list as Outgoing[];
}

/** The result of two handlers of one event, as Nest combines it. */
function isChain(returned: unknown): returned is { current: unknown; next: unknown } {
  return typeof returned === 'object' && returned !== null && 'current' in returned && 'next' in returned && !('event' in returned);
}
