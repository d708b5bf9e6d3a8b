import { context, propagation } from '@opentelemetry/api';
import { headers as names } from '@tributary/contracts';
import { encodedMessage, headersOf, topicOf } from '../envelope.js';
import { UnencodableMessageError } from '../errors.js';
import type { Outgoing } from '../message.js';
import type { MessageSeals } from '../seal/message-seals.js';
import type { MessagingMetrics } from '../metrics.js';
import type { EncodedMessage } from '../partition-send-queue.js';
import type { WireCodec } from '../wire-codec.js';

/** An encoded message for a topic, and its partition when that is given. */
export interface AddressedMessage {
  readonly topic: string;
  readonly message: EncodedMessage;
  readonly partition?: number | undefined;
}

/** Encodes events for their topics: value, envelope headers and trace context. */
export class MessageEncoder {
  constructor(
    private readonly clientId: string,
    /** Undefined for a publisher of raw events only. */
    private readonly codec: WireCodec | undefined,
    private readonly metrics: MessagingMetrics,
    private readonly seals?: MessageSeals,
  ) {}

  /**
   * Encodes what can be encoded. `failures` are messages that can never be written.
   * @throws a temporary failure, for example of the registry: then nothing is to be sent, and the caller retries everything.
   */
  async encodeAll(messages: readonly Outgoing[]): Promise<{ encoded: readonly AddressedMessage[]; failures: readonly unknown[] }> {
    const results = await Promise.allSettled(messages.map((message) => this.encode(message)));
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    const temporary = failures.find((failure) => !(failure instanceof UnencodableMessageError));
    if (temporary !== undefined) throw temporary;
    return { encoded: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])), failures };
  }

  /**
   * Encodes a message without waiting, where there is no registry to be asked.
   * @throws what {@link encodeAll} throws or counts among its failures.
   */
  encodeNow(message: Outgoing): AddressedMessage | undefined {
    if (this.codec) return undefined;
    if (message.event.record !== undefined)
      throw new Error(`publishing ${message.event.type}: this publisher was given no schema registry`);
    return this.enveloped(message, topicOf(message), rawValue(message.value));
  }

  private async encode(message: Outgoing): Promise<AddressedMessage> {
    if (!this.codec) return this.encodeNow(message) as AddressedMessage;
    const topic = topicOf(message);
    const repaired = (texts: number): void =>
      this.metrics.count('messages_text_repaired_total', { client: this.clientId, type: message.event.type }, texts);
    return this.enveloped(message, topic, await this.codec.encode(topic, message.event, message.value, repaired));
  }

  private enveloped(message: Outgoing, topic: string, value: Buffer | null): AddressedMessage {
    const headers = headersOf(message, `tributary/${this.clientId}`, Date.now());
    if (this.seals) headers[names.seal] = this.seals.seal({ key: message.key, value, headers });
    propagation.inject(context.active(), headers);
    return { topic, message: encodedMessage(Buffer.from(message.key), value, headers) };
  }
}

function rawValue(value: unknown): Buffer | null {
  if (value === null) return null;
  const bytes = value as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
