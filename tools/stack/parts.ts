import { heapFlags, serviceFlags } from '@tributary/local-stack';
import type { defaultPorts } from '#doctor/ports.mjs';

/**
 * One Node process of a deployment, the same for everything that starts it. `npm start` starts the parts from this list (stack.ts);
 * docker-compose.yml and the Helm chart stay hand-written, because each has to be read and changed by its users, and are checked against it
 * (compose.spec.ts, chart.spec.ts).
 */
export interface DeployedPart {
  readonly name: keyof typeof defaultPorts & (ServiceName | EmulatorName);
  readonly kind: 'emulator' | 'service';
  /** Folder whose `dist/main.js` is started; the two sinks share one. */
  readonly project: string;
  /** Parts that are ready before it starts. */
  readonly dependsOn: readonly string[];
  /** GET answers 200 when it is ready. */
  readonly readyPath: string;
  /** Flags of node. */
  readonly flags: readonly string[];
  /** Variables that a deployment sets for it, beside HTTP_HOST, HTTP_PORT and what all parts share (.env.demo). */
  readonly variables: readonly string[];
}

/** Names of the services as parts of the stack. */
export type ServiceName = 'ingest' | 'transform' | 'erp-sink' | 'erp-sink-stripe' | 'recon' | 'console';
/** Names of the emulators as parts of the stack. */
export type EmulatorName = 'emulator-stripe' | 'emulator-epicor-kinetic' | 'emulator-dynamics-sl' | 'emulator-prophet21';

const emulatorHeapMiB = 256;
const broker = ['KAFKA_BROKERS', 'SCHEMA_REGISTRY_URL'];
const database = ['DATABASE_URL', 'DATABASE_MIGRATION_URL'];
const foundation = ['set-up', 'postgres', 'identity'];
const knowsCallers = ['IDENTITY_JWKS_FILE'];
const callsOthers = ['SERVICE_KEY_FILE'];
const asksConsole = [...knowsCallers, ...callsOthers, 'IDENTITY_REVOCATIONS_URL'];

function service(
  name: ServiceName,
  more: { readonly dependsOn: readonly string[]; readonly variables: readonly string[]; readonly project?: string },
): DeployedPart {
  return { name, kind: 'service', project: `services/${name}`, readyPath: '/ready', flags: serviceFlags(name), ...more };
}

function emulator(name: EmulatorName, project: string, readyPath: string, variables: readonly string[]): DeployedPart {
  return {
    name,
    kind: 'emulator',
    project,
    dependsOn: [],
    readyPath,
    flags: heapFlags(emulatorHeapMiB),
    variables: ['EMULATOR_STATE_DIR', ...variables],
  };
}

/** Services in the order in which data flows, which is the order in which they drain. */
export const deployedParts: readonly DeployedPart[] = [
  emulator('emulator-stripe', 'emulators/stripe', '/_control/day', ['STRIPE_EMULATOR_ENDPOINTS']),
  emulator('emulator-epicor-kinetic', 'emulators/epicor-kinetic', '/_control/calls', []),
  service('ingest', { dependsOn: ['set-up', 'identity'], variables: [...broker, 'RECON_URL', ...knowsCallers] }),
  service('transform', {
    dependsOn: [...foundation, 'emulator-stripe'],
    variables: [...broker, ...database, 'TRIBUTARY_ASSETS_DIR', 'STRIPE_API_URL', 'RECON_URL', ...asksConsole],
  }),
  service('erp-sink', {
    dependsOn: [...foundation, 'emulator-epicor-kinetic'],
    variables: [...broker, ...database, 'KINETIC_URL', 'RECON_URL', ...asksConsole],
  }),
  // The way back: the same service, with the Stripe account as its target.
  service('erp-sink-stripe', {
    project: 'services/erp-sink',
    dependsOn: [...foundation, 'emulator-stripe'],
    variables: [...broker, ...database, 'STRIPE_API_URL', 'ERP_TARGET', 'ERP_KIND', 'RECON_URL', ...asksConsole],
  }),
  service('recon', {
    dependsOn: [...foundation, 'emulator-epicor-kinetic'],
    variables: [
      ...broker,
      ...database,
      'TRIBUTARY_ASSETS_DIR',
      'KINETIC_URL',
      'STRIPE_API_URL',
      'RECON_TARGETS',
      'TRANSFORM_URL',
      ...asksConsole,
    ],
  }),
  service('console', {
    dependsOn: ['recon', 'postgres', 'identity'],
    variables: ['RECON_URL', 'ERP_SINK_URLS', ...database, ...knowsCallers, ...callsOthers, 'IDENTITY_KEY_FILE'],
  }),
];
