import { spawn } from 'node:child_process';
import { root } from '../contracts/workspace.js';
import { outcomeOf } from './outcome.js';
import type { Outcome } from './outcome.js';
import type { Step } from './steps.js';

/** Most checks that run at the same time: those that are no test suite keep one core busy each, and use no port and no file of another. */
const atOnce = 2;

/** Runs a check. @param shared another one may run beside it: what it prints comes as a whole when it is over. */
function run(step: Step, shared: boolean): Promise<{ code: number; output: string }> {
  const [command, ...args] = step.command;
  return new Promise((resolve, reject) => {
    const child = spawn(command as string, args, {
      cwd: root,
      stdio: shared ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...step.env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: signal ? 1 : (code ?? 1), output }));
  });
}

/** A check that is over. */
export interface Finished {
  readonly step: Step;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/** Runs checks in their order, neighbours that are no test suite two at a time. */
export async function runAll(todo: readonly Step[]): Promise<Finished[]> {
  const results: Finished[] = [];
  const title = (step: Step): string => `[${todo.indexOf(step) + 1}/${todo.length}] ${step.name}: ${step.says}`;
  const finish = async (step: Step, shared: boolean): Promise<void> => {
    const started = Date.now();
    if (!shared) console.log(`\n${title(step)}`);
    const { code, output } = await run(step, shared);
    if (shared) console.log(`\n${title(step)}\n${output.trimEnd()}`);
    results.push({ step, outcome: outcomeOf(step, code), seconds: Math.round((Date.now() - started) / 1000) });
  };
  const waiting = [...todo];
  for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
    const suite = waiting.findIndex((step) => step.jest);
    const group = next.jest ? [waiting.shift() as Step] : waiting.splice(0, suite < 0 ? waiting.length : suite);
    if (group.length > 1) console.log(`\nrunning ${group.map((step) => step.name).join(', ')}, ${atOnce} at a time`);
    const shared = group.length > 1;
    await Promise.all(
      Array.from({ length: Math.min(atOnce, group.length) }, async () => {
        for (let step = group.shift(); step !== undefined; step = group.shift()) await finish(step, shared);
      }),
    );
  }
  return results.sort((a, b) => todo.indexOf(a.step) - todo.indexOf(b.step));
}
