import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from './workspace.js';

const startWithinMs = 30_000;

/** An emulator in a process of its own, on a free port, spoken to over HTTP like the real system. */
export class EmulatorProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** `http://127.0.0.1:<port>` */
    readonly origin: string,
  ) {}

  /**
   * Starts it and waits until it listens. @param name of its folder. @param env beside its port.
   * @throws {Error} when it is not built, ends, or does not listen in time.
   */
  static async start(name: string, env: Readonly<Record<string, string>> = {}): Promise<EmulatorProcess> {
    const entry = join(workspaceRoot, 'emulators', name, 'dist/main.js');
    const child = spawn(process.execPath, [entry], { env: { HTTP_PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
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

  /** Compiles what changed, then starts it. */
  static async buildAndStart(name: string, env: Readonly<Record<string, string>> = {}): Promise<EmulatorProcess> {
    const built = spawnSync(process.execPath, [join(workspaceRoot, 'tools/build.mjs')], { cwd: workspaceRoot, encoding: 'utf8' });
    if (!existsSync(join(workspaceRoot, 'emulators', name, 'dist/main.js')))
      throw new Error(`building emulator ${name}: ${built.stdout}${built.stderr}`);
    return EmulatorProcess.start(name, env);
  }

  /** Ends the process, once. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await gone;
  }
}
