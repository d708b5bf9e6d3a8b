import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { workspaceRoot } from '@tributary/local-stack';

/** Specs that work at the console like a person, and count what they do. */
const specs = ['questions', 'desk-incident'].map((name) => `services/console/web-test/${name}.int-spec.ts`);
/** What they say about it. */
const told = /^(question: |the desk: )/;

/** The ten questions against recorded answers, and an incident of 400 failures against a real recon, broker and database. @returns whether all passed. */
export async function proveScripts(say: (line: string) => void): Promise<boolean> {
  const jest = spawn(
    process.execPath,
    ['--experimental-vm-modules', join('node_modules', 'jest', 'bin', 'jest.js'), '--runInBand', '--runTestsByPath', ...specs],
    { cwd: workspaceRoot, env: { ...process.env, TRIBUTARY_TESTS: 'integration' }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const [output, code] = await Promise.all([text(jest.stderr), new Promise<number | null>((resolve) => jest.once('exit', resolve))]);
  for (const line of output.split('\n').filter((one) => told.test(one))) say(line);
  say(`${code === 0 ? 'ok    ' : 'not ok'} scripts: ${specs.join(', ')}`);
  if (code !== 0) say(output.slice(-4_000));
  return code === 0;
}
