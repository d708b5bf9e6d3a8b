import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { freePorts, portRange } from './ports.js';
import { workspaceRoot } from './workspace.js';

it('gives ports below those of outgoing connections, all different, also to callers at the same time', async () => {
  const all = (await Promise.all(Array.from({ length: 20 }, () => freePorts(15)))).flat();
  expect(new Set(all).size).toBe(300);
  for (const port of all) expect(port >= portRange.first && port < portRange.last).toBe(true);
});

it('gives no port that somebody listens on', async () => {
  const [port] = (await freePorts(1)) as [number];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  expect(await freePorts(200)).not.toContain(port);
  await new Promise((resolve) => server.close(resolve));
});

describe('between processes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-ports-spec-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const program = join(folder, 'choose.mjs');
  const source = join(workspaceRoot, 'libs/local-stack/src/ports.ts');
  writeFileSync(
    program,
    `${transformFileSync(source, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } }).code}
// every process begins at the same place, which is the worst case
Math.random = () => 0.5;
console.log(JSON.stringify(await freePorts(Number(process.argv[2]))));
process.stdin.resume();
process.stdin.once('end', () => process.exit());
`,
  );

  it('keeps what another process chose, and gives it again when that one has ended', async () => {
    const random = Math.random;
    Math.random = () => 0.5;
    try {
      const mine = await freePorts(5);
      const others = JSON.parse(execFileSync(process.execPath, [program, '5'], { input: '', encoding: 'utf8' })) as number[];
      expect(others.filter((port) => mine.includes(port))).toEqual([]);
      expect(await freePorts(5)).toEqual(others); // its notes went with it
    } finally {
      Math.random = random;
    }
  });

  it('takes over the note of a process that was killed', async () => {
    const random = Math.random;
    Math.random = () => 0.25;
    try {
      const [port] = (await freePorts(1)) as [number];
      const ended = execFileSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' }).trim();
      const notes = join(tmpdir(), 'tributary-ports');
      writeFileSync(join(notes, String(port)), ended);
      expect(readdirSync(notes)).toContain(String(port));
      expect(await freePorts(1)).toEqual([port]);
    } finally {
      Math.random = random;
    }
  });
});
