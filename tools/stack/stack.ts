import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { allocator, Child, makeLocalIdentity, makePayloadKeys, makeSealKeys, programFlags, StackError } from '@tributary/local-stack';
import { emulatorEnvironment } from './emulator-environment.js';
import { stackEnvironment } from './environment.js';
import { answersOk } from './http-probe.js';
import { kafka } from './kafka-part.js';
import { postgres } from './postgres-part.js';
import { mark } from './process-mark.js';
import { downloads, registry } from './registry-part.js';
import { ledgersOf } from './ledgers.js';
import type { Part, ProcessPart } from './part.js';
import { deployedParts } from './parts.js';
import type { DeployedPart, EmulatorName, ServiceName } from './parts.js';
import { demoValue } from './settings.js';
import type { Settings } from './settings.js';

/**
 * The local stack, top to bottom in the order in which it starts: infrastructure, then the processes of parts.ts.
 * Parts of one level start together; each waits for what it depends on.
 * @param without names of parts that are left out; their addresses may then be given by the environment.
 */
export function describeStack(settings: Settings, without: readonly string[] = []): Part[] {
  const env = stackEnvironment(settings, without);
  // Asked when a part starts: the keys are made by then.
  const variables = (part: DeployedPart): Readonly<Record<string, string>> =>
    part.kind === 'service' ? env.of(part.name as ServiceName) : emulatorEnvironment(settings, part.name as EmulatorName);
  return [
    { kind: 'task', name: 'downloads', dependsOn: [], run: downloads },
    { kind: 'task', name: 'identity', dependsOn: [], run: () => makeIdentity(settings) },
    kafka(settings),
    postgres(settings),
    registry(settings, ['kafka']),
    {
      kind: 'task',
      name: 'set-up',
      dependsOn: ['kafka', 'registry'],
      run: async () => {
        const { setUp } = await import('./setup.js'); // only here: the other commands need neither client nor schemas
        await setUp({
          brokers: env.infrastructure.KAFKA_BROKERS.split(','),
          registryUrl: env.infrastructure.SCHEMA_REGISTRY_URL,
          targets: demoValue(settings, 'TRIBUTARY_TARGETS').split(','),
        });
      },
    },
    ...[...ledgersOf(settings).map(({ emulator }) => emulator), ...deployedParts].map((part) =>
      nodeProcess(settings, part, () => variables(part)),
    ),
  ];
}

const graceMs = { service: 30_000, emulator: 5_000 };
const readyTimeoutMs = 120_000;

function makeIdentity({ folders }: Settings): Promise<void> {
  makeLocalIdentity(folders.identity);
  makeSealKeys(folders.identity);
  makePayloadKeys(folders.identity);
  return Promise.resolve();
}

function nodeProcess(settings: Settings, part: DeployedPart, env: () => Readonly<Record<string, string>>): ProcessPart {
  const port = settings.ports[part.name];
  const entry = join(settings.root, part.project, 'dist', 'main.js');
  const readyUrl = `http://127.0.0.1:${port}${part.readyPath}`;
  return {
    kind: part.kind,
    name: part.name,
    port,
    dependsOn: part.dependsOn,
    graceMs: graceMs[part.kind],
    start: async () => {
      if (!existsSync(entry))
        throw new StackError('stack.not-built', `starting ${part.name}: ${part.project}/dist/main.js is not there. Run \`npm run build\`.`);
      return Child.start({
        name: part.name,
        command: process.execPath,
        args: [...programFlags(settings.root), ...part.flags, entry],
        cwd: settings.root,
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          ...allocator,
          ...env(),
          HTTP_HOST: '127.0.0.1',
          HTTP_PORT: String(port),
          ...mark(settings),
        },
        logFile: join(settings.folders.logs, `${part.name}.log`),
      });
    },
    ready: (child) => child.readyWhen(() => answersOk(readyUrl), readyTimeoutMs),
    isReady: () => answersOk(readyUrl),
  };
}
