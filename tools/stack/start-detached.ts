import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createDisplay } from './display.js';
import { showLog } from './logs.js';
import { readRunState, runningState } from './run-file.js';
import { signInLine } from './sign-in-line.js';
import type { Settings } from './settings.js';

const pollMs = 200;
/** Lines of the supervisor's log that are shown when it did not come up. */
const shownLines = 40;

/**
 * Starts the supervisor in the background and follows it until the stack is up.
 * @param program the file that runs `supervise`.
 * @returns exit code.
 */
export async function startDetached(settings: Settings, program: string, given: readonly string[]): Promise<number> {
  const display = createDisplay(process.stdout);
  const runFolder = settings.folders.run;
  const running = runningState(runFolder);
  if (running) {
    display.say(`The stack is ${running.phase} already (process ${running.supervisor.pid}). See \`npm run status\`.`);
    return running.phase === 'running' ? 0 : 1;
  }
  mkdirSync(runFolder, { recursive: true });
  const logFile = join(runFolder, 'supervisor.log');
  const log = openSync(logFile, 'w');
  const supervisor = spawn(process.execPath, ['--enable-source-maps', program, 'supervise', ...given], {
    cwd: settings.root,
    detached: true,
    stdio: ['ignore', log, log],
  });
  supervisor.unref();
  let ended = false;
  supervisor.once('exit', () => (ended = true));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => supervisor.kill('SIGTERM'));
  for (;;) {
    const state = readRunState(runFolder);
    const own = state && state.supervisor.pid === supervisor.pid ? state : undefined;
    if (own) display.update(own.parts);
    if (own?.phase === 'running') {
      display.close();
      display.say(`Running in the background. Console: http://127.0.0.1:${settings.ports.console}   npm run status, npm run stop`);
      const signIn = await signInLine(settings);
      if (signIn) display.say(signIn);
      return 0;
    }
    if (own?.phase === 'failed') {
      display.close();
      display.say(own.error ?? 'it did not come up');
      return 1;
    }
    if (ended) {
      display.close();
      showLog(logFile, shownLines);
      return 1;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
