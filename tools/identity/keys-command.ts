import { readdirSync } from 'node:fs';
import { makeKeyFiles, makePayloadKeys, makeSealKeys } from '@tributary/local-stack';
import type { Understood } from '#commands/command-line.mjs';
import { typedIn } from '../stack/arguments.js';
import type { Environment } from '../stack/settings.js';
import { resolve } from 'node:path';

/**
 * `tributary identity keys <folder>`: the keys of an installation that is not on this machine; what is there already is kept.
 * @returns the exit code.
 */
export function keysCommand(understood: Extract<Understood, { kind: 'run' }>, env: Environment, say: (line: string) => void): number {
  const folder = resolve(typedIn(env), understood.arguments[0] as string);
  makeKeyFiles(folder);
  makeSealKeys(folder);
  makePayloadKeys(folder);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') || name === 'fact-seal-keys' || name === 'payload-keys');
  say(`${folder} holds ${files.sort().join(', ')}; only you can read them.`);
  say(`On Kubernetes: kubectl create secret generic tributary-keys ${files.map((name) => `--from-file=${name}`).join(' ')}`);
  return 0;
}
