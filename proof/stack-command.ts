import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { workspaceRoot } from '@tributary/local-stack';

/** What `npm run status -- --json` says of the stack, as far as proofs read it. */
export interface StackStatus {
  readonly ready: boolean;
  readonly phase: string;
  readonly day: string | null;
  readonly services: Readonly<Record<string, { readonly port: number }>>;
}

/** What one of the project's commands prints; its exit code says nothing here. */
export async function stackCommand(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join('tools', 'bootstrap.mjs'), ...args], {
    cwd: workspaceRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return text(child.stdout);
}

/** How the stack is. */
export async function stackStatus(): Promise<StackStatus> {
  return JSON.parse(await stackCommand('status', '--json')) as StackStatus;
}

/**
 * Does something with the running stack; where none runs one is started, and stopped again. @param options of `npm start`, for one that is started.
 * @returns what `act` says; false when it does not start.
 */
export async function withRunningStack(
  say: (line: string) => void,
  options: readonly string[],
  act: (status: StackStatus) => Promise<boolean>,
): Promise<boolean> {
  const before = await stackStatus();
  if (before.phase !== 'stopped') return act(before);
  say(`no stack runs here: starting one${options.includes('--no-demo') ? '' : ', with the demo day'}`);
  await stackCommand('start', '--detach', ...options);
  try {
    const started = await stackStatus();
    if (started.phase === 'running') return await act(started);
    say('not ok: the stack did not start; the output above says why');
    return false;
  } finally {
    await stackCommand('stop');
  }
}
