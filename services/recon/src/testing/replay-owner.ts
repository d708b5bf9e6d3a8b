import { NestFactory } from '@nestjs/core';
import { Controller, Module } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { PostingRequested } from '@tributary/contracts';
import { events, headers } from '@tributary/contracts';
import { outgoing } from '@tributary/messaging';
import type { KafkaTransport, MessageContext, Outgoing } from '@tributary/messaging';

/** What processing a dispatched message did. */
export interface Effect {
  readonly item: string;
  readonly action: string;
  readonly reason: string;
  readonly reference: string | undefined;
  readonly sequence: string;
  readonly place: string;
  readonly eventId: string;
  readonly value: PostingRequested;
}

/**
 * Stands for the group that owns the dead letters: acts on an order item once, and reports its result for every delivery. `dies` selects
 * messages that fail again.
 */
export class ReplayOwner {
  readonly effects: Effect[] = [];
  /** Number of records received, including repeats. */
  received = 0;
  dies: (eventId: string) => boolean = () => false;
  /** While true, reports no results. */
  silent = false;
  private readonly answers = new Map<string, string>();

  handle(value: PostingRequested, context: MessageContext): Outgoing[] {
    const header = (name: string): string => context.headers[name] ?? '';
    const item = header(headers.order);
    this.received += 1;
    let result = this.answers.get(item);
    if (result === undefined) {
      const action = header(headers.orderAction);
      result = action === 'replay' ? (this.dies(context.eventId) ? 'dead-again' : 'replayed') : action === 'skip' ? 'skipped' : 'resolved';
      this.answers.set(item, result);
      this.effects.push({
        item,
        action,
        reason: header(headers.orderReason),
        reference: context.headers[headers.orderReference],
        sequence: context.sequence,
        place: `${context.topic}/${context.partition}/${header(headers.originalOffset)}`,
        eventId: context.eventId,
        value,
      });
    }
    if (this.silent) return [];
    return [
      outgoing({
        event: events.deadLetterClosed,
        key: context.key,
        id: `closed:${item}`,
        value: {
          orderId: item,
          consumerGroup: header(headers.consumerGroup),
          topic: header(headers.originalTopic),
          partition: context.partition,
          offset: Number(header(headers.originalOffset)),
          eventId: context.eventId,
          sourceEventId: context.sourceEventId || null,
          sequence: context.sequence,
          result,
          text: header(headers.orderReason),
          closedAt: Date.now(),
        },
      }),
    ];
  }

  /** Starts reading. @returns a function that stops it. */
  async start(transport: KafkaTransport): Promise<() => Promise<void>> {
    const handle = (value: PostingRequested, context: MessageContext): Outgoing[] => this.handle(value, context);
    @Controller()
    class Replays {
      @EventPattern<string>(events.postingRequested.type)
      onReplay(@Payload() value: PostingRequested, @Ctx() context: MessageContext): Outgoing[] {
        return handle(value, context);
      }
    }
    @Module({ controllers: [Replays] })
    class OwnerModule {}
    const app = await NestFactory.createMicroservice(OwnerModule, { strategy: transport, logger: false });
    await app.listen();
    return () => app.close();
  }
}
