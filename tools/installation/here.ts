import { root } from '../contracts/workspace.js';
import { runningState } from '../stack/run-file.js';
import { foldersOf } from '../stack/settings.js';
import type { Installation } from './command.js';

const services = ['ingest', 'transform', 'erp-sink', 'erp-sink-stripe', 'recon', 'console'];

/** The stack that runs on this machine, and the variables that name its Kafka and registry; empty where none runs. */
export function installationHere(env: NodeJS.ProcessEnv): { installation: Installation; variables: NodeJS.ProcessEnv } {
  const state = runningState(foldersOf(root, env).run);
  const ports = state?.ports ?? {};
  const address = (name: string): string => `http://127.0.0.1:${ports[name] ?? 0}`;
  const running = services.filter((name) => state?.parts.some((part) => part.name === name));
  return {
    installation: {
      services: new Map(running.map((name) => [name, address(name)])),
      targets: (state?.targets ?? '').split(',').filter((target) => target !== ''),
    },
    variables: state
      ? { KAFKA_BROKERS: `127.0.0.1:${ports.kafka ?? 0}`, SCHEMA_REGISTRY_URL: `${address('registry')}/apis/ccompat/v7` }
      : {},
  };
}
