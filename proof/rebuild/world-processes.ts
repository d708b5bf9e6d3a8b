import { join } from 'node:path';
import { ServiceProcess } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { target } from './requests.js';

/** A receipt in the state dump of the Kinetic emulator. */
export interface Receipt {
  readonly GroupID: string;
  readonly HeadNum: number;
  readonly ExternalID: string;
  readonly StripePostingKey_c?: string;
  readonly Posted: boolean;
}

/** Ports of the processes. */
export interface WorldPorts {
  readonly sink: number;
  readonly kinetic: number;
  readonly recon: number;
}

/** The processes of a world, not started. */
export interface WorldProcesses {
  readonly sink: ServiceProcess;
  readonly recon: ServiceProcess;
  readonly emulator: ServiceProcess;
}

/** Prepares the processes. @param folder of their logs and of the emulator's state. */
export function worldProcesses(env: Readonly<Record<string, string>>, ports: WorldPorts, folder: string): WorldProcesses {
  const emulator = new ServiceProcess({
    name: 'emulator-epicor-kinetic',
    entry: 'emulators/epicor-kinetic/dist/main.js',
    env: { HTTP_HOST: '127.0.0.1', HTTP_PORT: String(ports.kinetic), EMULATOR_STATE_DIR: join(folder, 'kinetic') },
    readyUrl: `http://127.0.0.1:${ports.kinetic}/_control/calls`,
    logFile: join(folder, 'kinetic.log'),
  });
  const sink = new ServiceProcess({
    name: 'erp-sink',
    entry: 'services/erp-sink/dist/main.js',
    env: { ...env, HTTP_PORT: String(ports.sink) },
    readyUrl: `http://127.0.0.1:${ports.sink}/ready`,
    logFile: join(folder, 'erp-sink.log'),
  });
  const recon = new ServiceProcess({
    name: 'recon',
    entry: 'services/recon/dist/main.js',
    env: { ...env, HTTP_PORT: String(ports.recon) },
    readyUrl: `http://127.0.0.1:${ports.recon}/ready`,
    logFile: join(folder, 'recon.log'),
  });
  return { sink, recon, emulator };
}

/** Environment of both services and of their rebuild commands. */
export function worldEnvironment(stack: Stack, kineticUrl: string): Readonly<Record<string, string>> {
  return {
    KAFKA_BROKERS: stack.brokers.join(','),
    SCHEMA_REGISTRY_URL: stack.registryUrl,
    DATABASE_URL: stack.databaseUrl,
    HTTP_HOST: '127.0.0.1',
    TRIBUTARY_ENVIRONMENT: 'test',
    ERP_TARGET: target,
    ERP_CONCURRENCY: '32',
    ERP_SETTLE_MS: '500',
    BATCH_IDLE_MS: '1000',
    SWEEP_INTERVAL_MS: '500',
    KINETIC_URL: `${kineticUrl}/kinetic`,
    KINETIC_COMPANY: 'EPIC06',
    KINETIC_USER: 'tributary',
    KINETIC_PASSWORD: 'demo-password',
    KINETIC_API_KEY: 'demo-api-key',
    KINETIC_CALL_TIMEOUT_MS: '5000',
  };
}
