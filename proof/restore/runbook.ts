import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';

const file = join(workspaceRoot, 'docs/runbooks/backup-and-restore.md');
/** On an installation `tributary` is the command of the image. */
const tributary = `tributary() { '${process.execPath}' '${join(workspaceRoot, 'tools/dist/tributary/cli.js')}' "$@"; }`;

/** Longer than the session of a consumer, ms. */
const membersLeaveWithinMs = 90_000;
const repeatedAfterMs = 3_000;

/** How a command ended. */
export interface Ran {
  /** From the first time that it was typed to its end, with every repetition and the waits between them, ms. */
  readonly tookMs: number;
  /** How often it was typed. */
  readonly tries: number;
  readonly stdout: string;
}

/** The command of the runbook that is this one, or the only one that begins so. @throws {Error} when it has none, or several: the runbook and its walk have parted. */
export function commandOf(begin: string, text: string = readFileSync(file, 'utf8')): string {
  const commands = [...text.matchAll(/^ {4,}(\S.*)$/gm)].map(([, command = '']) => command.trim());
  const exact = commands.find((command) => command === begin);
  if (exact !== undefined) return exact;
  const found = commands.filter((command) => command.startsWith(begin));
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Error(`the runbook has ${found.length} commands that begin with "${begin}", and not one`);
  return only;
}

/**
 * Types a command of the runbook into a shell. @param env its variables, and nothing else of this process but PATH. @param cwd where files are.
 * @throws {Error} with what it said, when it does not end with 0.
 */
export async function typed(command: string, env: Readonly<Record<string, string>>, cwd: string): Promise<Ran> {
  const startedAt = Date.now();
  for (let tries = 1; ; tries += 1) {
    try {
      const stdout = await typedOnce(command, env, cwd);
      return { tookMs: Date.now() - startedAt, tries, stdout };
    } catch (error) {
      // A service that was killed is a member of its group until its session ends: the command says so, and is repeated.
      if (!(error instanceof Error && error.message.includes('members are in group')) || Date.now() - startedAt > membersLeaveWithinMs)
        throw error;
      await new Promise((resolve) => setTimeout(resolve, repeatedAfterMs));
    }
  }
}

/** @returns what it printed. */
function typedOnce(command: string, env: Readonly<Record<string, string>>, cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const shell = spawn('bash', ['-c', `${tributary}\n${command}`], {
      cwd,
      env: { ...env, PATH: `${env.PATH ?? ''}:${process.env.PATH ?? ''}`, HOME: cwd },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    shell.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    shell.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    shell.once('error', reject);
    shell.once('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${command.split(' ').slice(0, 3).join(' ')} ended with ${code}:\n${stdout}${stderr}`));
    });
  });
}
