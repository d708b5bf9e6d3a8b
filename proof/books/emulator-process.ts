import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';

const startWithinMs = 30_000;

/** An emulator in a process of its own, on a free port. */
export class EmulatorProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** `http://127.0.0.1:<port>` */
    readonly origin: string,
  ) {}

  /** @param name of its folder. @throws {Error} when it ends, or does not listen in time. */
  static async start(name: string): Promise<EmulatorProcess> {
    const entry = join(workspaceRoot, 'emulators', name, 'dist/main.js');
    const child = spawn(process.execPath, [entry], { env: { HTTP_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
    const origin = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`emulator ${name} did not listen within ${startWithinMs} ms`)), startWithinMs);
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        const url = /"url":"(http:\/\/[^"/]+)/.exec(output)?.[1];
        if (!url) return;
        clearTimeout(timer);
        resolve(url);
      });
      child.once('exit', (code) => reject(new Error(`emulator ${name} ended with ${String(code)}`)));
    });
    return new EmulatorProcess(child, origin);
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
  }
}
