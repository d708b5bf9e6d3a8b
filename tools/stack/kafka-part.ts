import { join } from 'node:path';
import { clusterOf, kafkaReady, startKafkaNode } from '@tributary/local-stack';
import type { KafkaNode, KafkaOptions } from '@tributary/local-stack';
import type { ProcessPart } from './part.js';
import { mark } from './process-mark.js';
import type { Settings } from './settings.js';

/** Time that the broker gets to stop, ms. */
const graceMs = 20_000;

/** The single Kafka node of the stack. */
export function kafka(settings: Settings): ProcessPart {
  const node: KafkaNode = { nodeId: 1, port: settings.ports.kafka, controllerPort: settings.ports['kafka-controller'] };
  const options: KafkaOptions = {
    nodes: [node],
    folder: join(settings.folders.data, 'kafka'),
    logFolder: settings.folders.logs,
    env: mark(settings),
  };
  return {
    kind: 'infrastructure',
    name: 'kafka',
    port: node.port,
    dependsOn: ['downloads'],
    graceMs,
    start: () => startKafkaNode(node, options),
    ready: (child) => kafkaReady(child, node, 1),
    isReady: () =>
      clusterOf(`127.0.0.1:${node.port}`).then(
        (cluster) => cluster.controllerId >= 0,
        () => false,
      ),
  };
}
