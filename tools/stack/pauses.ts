import { mkdirSync, readFileSync, rmSync, writeFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, isAlive } from '@tributary/local-stack';
import type { ProcessIdentity } from '@tributary/local-stack';
import type { Supervisor } from './supervisor.js';

/** A request to a running stack to keep one part stopped for as long as another process lives: `.tributary/run/pause.json`. */
export interface PauseRequest {
  readonly part: string;
  /** Why, for people. */
  readonly reason: string;
  readonly requestedBy: ProcessIdentity;
}

const fileOf = (runFolder: string): string => join(runFolder, 'pause.json');

/** Asks the running stack to stop a part and keep it stopped until `endPause`, or until this process ends in whatever way. */
export function requestPause(runFolder: string, part: string, reason: string): void {
  const request: PauseRequest = { part, reason, requestedBy: identityOf(process.pid) as ProcessIdentity };
  mkdirSync(runFolder, { recursive: true });
  writeFileSync(`${fileOf(runFolder)}.new`, JSON.stringify(request));
  renameSync(`${fileOf(runFolder)}.new`, fileOf(runFolder));
}

/** Removes the request to pause a part; without one it does nothing. */
export function endPause(runFolder: string): void {
  rmSync(fileOf(runFolder), { force: true });
}

/** The request that is in force: its process lives. */
export function pauseRequested(runFolder: string): PauseRequest | undefined {
  try {
    const request = JSON.parse(readFileSync(fileOf(runFolder), 'utf8')) as PauseRequest;
    return isAlive(request.requestedBy) ? request : undefined;
  } catch {
    return undefined; // none
  }
}

/** Carries out pause requests; `apply` is called every second by the process that holds the stack. */
export class Pauses {
  private paused: string | undefined;

  constructor(
    private readonly runFolder: string,
    private readonly supervisor: Pick<Supervisor, 'pause' | 'resume'>,
    private readonly say: (line: string) => void,
  ) {}

  async apply(): Promise<void> {
    const request = pauseRequested(this.runFolder);
    if (this.paused !== undefined && this.paused !== request?.part) {
      const part = this.paused;
      this.paused = undefined;
      this.say(`${part} is started again`);
      await this.supervisor.resume(part);
    }
    if (request && this.paused === undefined) {
      this.paused = request.part;
      this.say(`${request.part} is stopped: ${request.reason}`);
      await this.supervisor.pause(request.part);
    }
  }
}
