import { Controller, Inject, Module } from '@nestjs/common';
import type { INestMicroservice, PipeTransform } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, KafkaContext, MessagePattern, Payload, Transport } from '@nestjs/microservices';

/** A handler as Nest's own Kafka transport calls it: the value parsed from JSON, and Nest's context. */
export type NestHandle = (value: { readonly n: number | string }, context: KafkaContext) => unknown;
const HANDLE = Symbol('handle');

export interface NestMemberOptions {
  readonly brokers: readonly string[];
  readonly groupId: string;
  readonly topic: string;
  /** `message` is Nest's request and reply. */
  readonly pattern?: 'event' | 'message';
  readonly pipe?: PipeTransform;
  readonly sessionTimeout?: number;
}

/** Nest adds this to the group that it is given. */
export const nestSuffix = '-server';
/** So that what would take Nest's transport minutes takes it seconds; the library's defaults wait longer, and do the same. */
const retry = { retries: 2, initialRetryTime: 50, maxRetryTime: 100 };

/** A microservice on `ServerKafka`, as the documentation of Nest has it. */
export async function nestMember(options: NestMemberOptions, handle: NestHandle): Promise<INestMicroservice> {
  const { brokers, groupId, topic, pattern = 'event', pipe, sessionTimeout = 30_000 } = options;
  const on = (pattern === 'event' ? EventPattern<string>(topic) : MessagePattern(topic)) as MethodDecorator;

  @Controller()
  class NestConsumer {
    constructor(@Inject(HANDLE) private readonly act: NestHandle) {}

    @on
    handle(@Payload() value: { n: number }, @Ctx() context: KafkaContext): unknown {
      return this.act(value, context);
    }
  }
  @Module({})
  class NestModule {}

  const app = await NestFactory.createMicroservice(
    { module: NestModule, controllers: [NestConsumer], providers: [{ provide: HANDLE, useValue: handle }] },
    {
      transport: Transport.KAFKA,
      logger: false,
      options: {
        client: { brokers: [...brokers], clientId: 'nest', retry, logCreator: () => () => undefined },
        consumer: {
          groupId,
          retry,
          sessionTimeout,
          heartbeatInterval: Math.min(3_000, sessionTimeout / 3),
          maxWaitTimeInMs: 200,
          allowAutoTopicCreation: false,
        },
        subscribe: { fromBeginning: true },
      },
    },
  );
  if (pipe) app.useGlobalPipes(pipe);
  await app.listen();
  return app;
}
