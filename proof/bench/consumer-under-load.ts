import { createServer } from 'node:http';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { events } from '@tributary/contracts';
import { InMemorySchemaIds, KafkaPublisher, KafkaTransport, WireCodec } from '@tributary/messaging';

/**
 * One consumer with one handler that waits BENCH_WORK_MS and counts: on our transport or on Nest's own (BENCH_TRANSPORT `ours` or `nest`),
 * each as its documentation sets it up. GET on BENCH_CONTROL_PORT says how many it has handled.
 */
const { KAFKA_BROKERS = '', BENCH_TRANSPORT, BENCH_TOPIC = '', BENCH_GROUP = '', BENCH_WORK_MS, BENCH_CONTROL_PORT } = process.env;
const brokers = KAFKA_BROKERS.split(',');
const workMs = Number(BENCH_WORK_MS);
const isOurs = BENCH_TRANSPORT === 'ours';
let handled = 0;
let stops = async (): Promise<void> => undefined;

@Controller()
class Handlers {
  @EventPattern(isOurs ? events.stripeEventReceived.type : BENCH_TOPIC)
  async handle(@Payload() _record: object): Promise<void> {
    if (workMs > 0) await new Promise((resolve) => setTimeout(resolve, workMs));
    handled += 1;
  }
}

@Module({ controllers: [Handlers] })
class ConsumerModule {}

async function optionsOf(): Promise<MicroserviceOptions> {
  if (!isOurs)
    return {
      transport: Transport.KAFKA,
      options: { client: { brokers, clientId: 'nest' }, consumer: { groupId: BENCH_GROUP }, subscribe: { fromBeginning: true } },
    };
  const codec = new WireCodec(new InMemorySchemaIds());
  const publisher = new KafkaPublisher({ brokers, clientId: 'bench-consumer', codec });
  await publisher.connect();
  stops = () => publisher.close();
  return { strategy: new KafkaTransport({ brokers, clientId: 'ours', groupId: BENCH_GROUP, topics: [BENCH_TOPIC], codec, publisher }) };
}

const app = await NestFactory.createMicroservice<MicroserviceOptions>(ConsumerModule, { ...(await optionsOf()), logger: ['error'] });
await app.listen();
createServer((_request, response) => response.end(String(handled))).listen(Number(BENCH_CONTROL_PORT), '127.0.0.1');
process.on(
  'SIGTERM',
  () =>
    void app
      .close()
      .then(stops)
      .then(() => process.exit(0)),
);
