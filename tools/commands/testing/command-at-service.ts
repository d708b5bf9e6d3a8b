import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { understand } from '#commands/command-line.mjs';
import type { Understood } from '#commands/command-line.mjs';
import type { Terminal } from '../../dlq/terminal.js';

/** A command of the CLI as `cli.ts` calls it. */
type Command = (understood: Extract<Understood, { kind: 'run' }>, env: NodeJS.ProcessEnv, terminal: Terminal) => Promise<number>;
type Run = (args: readonly string[], at?: string) => Promise<{ readonly code: number; readonly text: string }>;

/**
 * Lets a spec run `tributary <name>` at a service of its own, which listens while the spec runs.
 * @returns runs the command with its arguments; `text` has all lines that it wrote. `at`: another address than the service's.
 */
export function commandAtService(name: string, command: Command, server: Server): Run {
  let url = '';
  beforeAll(async () => {
    // One service may be asked by several commands of a spec.
    if (!server.listening) await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    if (server.listening) server.close();
  });
  return async (args, at = url) => {
    const understood = understand(['tributary', name, ...args, '--url', at]);
    if (understood.kind !== 'run') throw new Error(`not understood: ${JSON.stringify(understood)}`);
    const lines: string[] = [];
    const write = (text: string): void => void lines.push(text);
    const terminal = { isTty: false, out: write, progress: write, error: write, confirm: () => Promise.resolve(false) };
    return { code: await command(understood, {}, terminal), text: lines.join('\n') };
  };
}
