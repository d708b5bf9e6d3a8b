import { Controller, Module } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { events } from '@tributary/contracts';
import { canonicalEvents } from '@tributary/mapping';
import type { MessageContext } from '@tributary/messaging';

/** One message that the service published. */
export interface Collected {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string;
  readonly id: string;
  readonly type: string;
  readonly sequence: string;
  readonly sourceEventId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: unknown;
}

const patterns = [
  ...canonicalEvents().map(({ type }) => type),
  events.eventTranslated.type,
  events.eventRouted.type,
  events.postingRequested.type,
  'dead-letter',
];

const collected: Collected[] = [];

@Controller()
class Collector {
  @EventPattern<string[]>(patterns)
  onMessage(@Payload() value: unknown, @Ctx() context: MessageContext): void {
    const { topic, partition, offset, key, eventId, eventType, sequence, sourceEventId, headers } = context;
    collected.push({ topic, partition, offset, key, id: eventId, type: eventType, sequence, sourceEventId, headers, value });
  }
}

@Module({ controllers: [Collector] })
class CollectorModule {}

/** Reads what the service publishes, as any other service would. */
export async function startCollector(
  strategy: CustomTransportStrategy,
): Promise<{ app: INestMicroservice; collected: readonly Collected[] }> {
  const app = await NestFactory.createMicroservice(CollectorModule, { strategy, logger: ['error', 'warn'] });
  await app.listen();
  return { app, collected };
}
