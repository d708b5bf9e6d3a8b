import { kafkaProperties } from './kafka.js';
import type { KafkaNode } from './kafka.js';

const node = (nodeId: number): KafkaNode => ({ nodeId, port: 9000 + nodeId, controllerPort: 9100 + nodeId });

it('keeps one copy where there is one broker', () => {
  const properties = kafkaProperties(node(1), { nodes: [node(1)], folder: '/data', logFolder: '/logs' });
  expect(properties).toMatchObject({
    'default.replication.factor': '1',
    'min.insync.replicas': '1',
    'offsets.topic.replication.factor': '1',
    'controller.quorum.voters': '1@127.0.0.1:9101',
    listeners: 'PLAINTEXT://127.0.0.1:9001,CONTROLLER://127.0.0.1:9101',
    'log.dirs': '/data/node-1',
  });
});

it('keeps three copies of which two are in sync where there are three brokers', () => {
  const nodes = [node(1), node(2), node(3)];
  expect(kafkaProperties(node(2), { nodes, folder: '/data', logFolder: '/logs' })).toMatchObject({
    'default.replication.factor': '3',
    'min.insync.replicas': '2',
    'transaction.state.log.min.isr': '2',
    'controller.quorum.voters': '1@127.0.0.1:9101,2@127.0.0.1:9102,3@127.0.0.1:9103',
    'log.dirs': '/data/node-2',
  });
});

it('asks for a token on a listener of its own, beside the open one', () => {
  const asking = { ...node(1), tokenPort: 9201 };
  expect(kafkaProperties(asking, { nodes: [asking], folder: '', logFolder: '' })).toMatchObject({
    listeners: 'PLAINTEXT://127.0.0.1:9001,CONTROLLER://127.0.0.1:9101,TOKEN://127.0.0.1:9201',
    'advertised.listeners': 'PLAINTEXT://127.0.0.1:9001,TOKEN://127.0.0.1:9201',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,TOKEN:SASL_PLAINTEXT',
  });
});

it('never makes a topic that nobody declared, and takes what a test adds', () => {
  const properties = kafkaProperties(node(1), { nodes: [node(1)], folder: '', logFolder: '', config: { 'message.max.bytes': '2000000' } });
  expect(properties['auto.create.topics.enable']).toBe('false');
  expect(properties['message.max.bytes']).toBe('2000000');
});
