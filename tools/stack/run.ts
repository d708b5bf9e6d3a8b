import { mkdirSync, rmSync } from 'node:fs';
import { identityOf, StackError } from '@tributary/local-stack';
import type { ProcessIdentity } from '@tributary/local-stack';
import { freePort, portTaken } from '#doctor/doctor.mjs';
import { portOwner } from '#doctor/port-owner.mjs';
import { askBooks } from './books.js';
import { askCounts, askWritten, countsLine } from './counts.js';
import { askDay, beginDay, dayText } from './demo-day.js';
import type { Display } from './display.js';
import type { Part } from './part.js';
import { Pauses } from './pauses.js';
import { removeRunState, writeRunState } from './run-file.js';
import type { RunState } from './run-file.js';
import type { Settings } from './settings.js';
import { SettledBooks } from './settled-books.js';
import { signInLine } from './sign-in-line.js';
import { Supervisor } from './supervisor.js';

/** What to run, and where to show it. */
export interface RunOptions {
  readonly settings: Settings;
  readonly parts: readonly Part[];
  readonly demo: boolean;
  readonly display: Display;
  /** Whether somebody watches the display: a link that signs in is for them, and not for a log. */
  readonly isWatched?: boolean;
  /** Aborted by the first Ctrl-C or SIGTERM: drain. */
  readonly drain: AbortSignal;
  /** Aborted by the second: kill. */
  readonly hard: AbortSignal;
}

const countsEveryMs = 1_000;
/** A port whose owner is not visible counts as taken after this long, ms. */
const endingWithinMs = 5_000;

/**
 * Brings the stack up, plays the demo day, shows the counts, and drains when told to. Lives until then.
 * @returns exit code: 0 after an orderly drain, 1 when it did not come up.
 */
export async function runStack(options: RunOptions): Promise<number> {
  const { settings, display } = options;
  mkdirSync(settings.folders.data, { recursive: true });
  rmSync(settings.folders.logs, { recursive: true, force: true });
  mkdirSync(settings.folders.logs, { recursive: true });
  const record = new Recorder(options);
  const supervisor = new Supervisor(options.parts, {
    onChange: (parts) => {
      record.write({ parts });
      display.update(parts);
    },
  });
  record.write({ parts: supervisor.view() });
  options.hard.addEventListener('abort', () => void supervisor.stop(true));

  const drained = new Promise<void>((resolve) => options.drain.addEventListener('abort', () => resolve(), { once: true }));
  try {
    await refuseTakenPorts(options);
    await Promise.race([supervisor.start(), drained]);
    if (!options.drain.aborted) {
      record.write({ phase: 'running' });
      await accompany(options, new Pauses(settings.folders.run, supervisor, (line) => display.say(line)), drained);
    }
  } catch (error) {
    record.write({ phase: 'failed', error: error instanceof Error ? error.message : String(error) });
    display.close();
    display.say(error instanceof Error ? error.message : String(error));
    await supervisor.stop();
    return 1;
  }
  record.write({ phase: 'stopping' });
  display.say('draining: services first, in the order in which data flows (Ctrl-C again: kill)');
  await supervisor.stop(options.hard.aborted);
  display.close();
  removeRunState(settings.folders.run);
  return 0;
}

/** The demo day, the live counts and the pauses that other commands ask for, until told to drain. */
async function accompany({ settings, display, demo, drain, isWatched }: RunOptions, pauses: Pauses, drained: Promise<void>): Promise<void> {
  if (demo) await beginDay(settings.ports);
  display.say(`Console: http://127.0.0.1:${settings.ports.console}   Ctrl-C drains and stops`);
  const signIn = isWatched ? await signInLine(settings) : undefined;
  if (signIn) display.say(signIn);
  const books = new SettledBooks(() => askBooks(settings.ports));
  let announced = false;
  while (!drain.aborted) {
    await pauses.apply();
    const [counts, day, written] = await Promise.all([
      askCounts(settings.ports),
      demo ? askDay(settings.ports) : undefined,
      askWritten(settings.ports),
    ]);
    if (counts) display.status(`${demo ? `Demo day ${dayText(day)}. ` : ''}${countsLine(counts, written)}`);
    if (counts && day?.state === 'done' && counts.inFlight === 0) {
      if (!announced) display.say(`The demo day is over. ${countsLine(counts, written)}`);
      announced = true;
      const line = await books.toTell();
      if (line !== undefined) display.say(line);
    }
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, countsEveryMs).unref())]);
  }
}

/** @throws StackError naming every port that somebody else holds, with the process and what to do. */
async function refuseTakenPorts({ settings, parts }: RunOptions): Promise<void> {
  const sentences: string[] = [];
  for (const [name, port] of Object.entries(settings.ports)) {
    if (!parts.some((part) => name === part.name || name === `${part.name}-controller`)) continue;
    const owner = await lastingOwner(port);
    if (owner) sentences.push(`${portTaken(name, owner)} ${freePort(name, owner)}`);
  }
  if (sentences.length > 0) throw new StackError('stack.port-taken', sentences.join('\n'));
}

/** Who holds a port. A process that is ending holds its ports a moment longer than it is visible: that is waited for. */
async function lastingOwner(port: number): ReturnType<typeof portOwner> {
  const deadline = Date.now() + endingWithinMs;
  for (;;) {
    const owner = await portOwner(port);
    if (!owner || owner.pid !== undefined || Date.now() > deadline) return owner;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Writes every change to the run file. */
class Recorder {
  private state: RunState;

  constructor(private readonly options: RunOptions) {
    this.state = {
      supervisor: identityOf(process.pid) as ProcessIdentity,
      phase: 'starting',
      parts: [],
      demo: options.demo,
      ports: options.settings.ports,
      targets: options.settings.demo.TRIBUTARY_TARGETS ?? '',
    };
  }

  write(change: Partial<RunState>): void {
    this.state = { ...this.state, ...change };
    writeRunState(this.options.settings.folders.run, this.state);
  }
}
