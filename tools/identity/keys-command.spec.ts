import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicKeysFile } from '@tributary/local-stack';
import { understand } from '#commands/command-line.mjs';
import type { Understood } from '#commands/command-line.mjs';
import { keysCommand } from './keys-command.js';

it('makes the keys where the command was typed, and says how they get into a Secret, showing none', () => {
  const typed = mkdtempSync(join(tmpdir(), 'typed-'));
  const said: string[] = [];
  const understood = understand(['tributary', 'identity', 'keys', 'keys']) as Extract<Understood, { kind: 'run' }>;
  expect(keysCommand(understood, { INIT_CWD: typed }, (line) => said.push(line))).toBe(0);
  expect(existsSync(publicKeysFile(join(typed, 'keys')))).toBe(true);
  for (const name of ['jwks.json', 'fact-seal-keys', 'payload-keys']) expect(said.join('\n')).toContain(`--from-file=${name}`);
  expect(said.join('\n')).not.toMatch(/"d"|[\w-]{43}/);
  rmSync(typed, { recursive: true });
});
