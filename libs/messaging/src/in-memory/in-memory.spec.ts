import { describeTransport } from '../conformance/describe-transport.js';
import { describeLadder } from '../conformance/describe-ladder.js';
import { InMemoryParkingLot } from '../ladder/in-memory-parking-lot.js';
import { InMemoryBroker, InMemoryPublisher } from './in-memory-broker.js';
import { InMemoryTransport } from './in-memory-transport.js';

let count = 0;
describeTransport('in memory', () => {
  const broker = new InMemoryBroker(3);
  const publisher = new InMemoryPublisher(broker);
  return {
    unique: (prefix) => `${prefix}-${(count += 1)}`,
    createTopic: async () => undefined,
    transport: (options) => new InMemoryTransport({ ...options, broker, publisher }),
    publisher: () => publisher,
    read: async (topic) => broker.read(topic),
    committed: async (group, topic) => new Map([0, 1, 2].map((partition) => [partition, broker.committedOf(group, topic, partition)])),
  };
});

describeLadder('in memory', () => {
  const broker = new InMemoryBroker(3);
  const publisher = new InMemoryPublisher(broker);
  const lot = new InMemoryParkingLot();
  return {
    unique: (prefix) => `${prefix}-${(count += 1)}`,
    createTopic: async () => undefined,
    transport: (options) => new InMemoryTransport({ ...options, broker, publisher }),
    publisher: () => publisher,
    codec: publisher.codec,
    read: async (topic) => broker.read(topic),
    pipeline: 'pipeline.v1',
    lot: () => lot,
  };
});
