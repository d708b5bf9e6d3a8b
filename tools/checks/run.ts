import { spawn } from 'node:child_process';
import { root } from '../contracts/workspace.js';
import { outcomeOf } from './outcome.js';
import type { Outcome } from './outcome.js';
import type { Step } from './steps.js';

/** Most checks that run at the same time: each keeps one core busy, and uses no port and no file of another. */
const atOnce = 2;

/** Runs a check. @param whole what it prints comes as a whole when it is over, because another one runs beside it. */
function run(step: Step, whole: boolean): Promise<{ code: number; output: string }> {
  const [command, ...args] = step.command;
  return new Promise((resolve, reject) => {
    const child = spawn(command as string, args, {
      cwd: root,
      stdio: whole ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
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

/** Which neighbours a check runs beside: checks that are no test suite, suites that may, or none. */
function kindOf(step: Step): 'check' | 'suite' | 'alone' {
  if (!step.jest) return 'check';
  return step.beside ? 'suite' : 'alone';
}

/** Takes the first check that waits, with the neighbours that it runs beside. */
export function nextGroup(waiting: Step[]): Step[] {
  const [first] = waiting;
  if (!first || kindOf(first) === 'alone') return waiting.splice(0, 1);
  const end = waiting.findIndex((step) => kindOf(step) !== kindOf(first));
  return waiting.splice(0, end < 0 ? waiting.length : end);
}

/** Runs checks in their order; neighbours of one kind two at a time, unless they have to be alone. */
export async function runAll(todo: readonly Step[]): Promise<Finished[]> {
  const results: Finished[] = [];
  const title = (step: Step): string => `[${todo.indexOf(step) + 1}/${todo.length}] ${step.name}: ${step.says}`;
  const finish = async (step: Step, whole: boolean): Promise<void> => {
    const started = Date.now();
    if (!whole) console.log(`\n${title(step)}`);
    const { code, output } = await run(step, whole);
    if (whole) console.log(`\n${title(step)}\n${output.trimEnd()}`);
    results.push({ step, outcome: outcomeOf(step, code), seconds: Math.round((Date.now() - started) / 1000) });
  };
  const waiting = [...todo];
  for (let group = nextGroup(waiting); group.length > 0; group = nextGroup(waiting)) {
    if (group.length > 1) console.log(`\nrunning ${group.map((step) => step.name).join(', ')}, ${atOnce} at a time`);
    // Suites name the file in every line and take minutes: their progress is shown as it comes.
    const whole = group.length > 1 && group.every((step) => !step.jest);
    await Promise.all(
      Array.from({ length: Math.min(atOnce, group.length) }, async () => {
        for (let step = group.shift(); step !== undefined; step = group.shift()) await finish(step, whole);
      }),
    );
  }
  return results.sort((a, b) => todo.indexOf(a.step) - todo.indexOf(b.step));
}
