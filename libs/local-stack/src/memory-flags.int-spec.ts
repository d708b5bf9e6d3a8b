import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { programFlags } from './memory-flags.js';
import { workspaceRoot } from './workspace.js';

/** Runs a module with the flags of our programs. @returns what it printed. */
async function printed(source: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...programFlags(workspaceRoot), '--input-type=module', '-e', source]);
  return stdout;
}
const compiled = (file: string): string => JSON.stringify(pathToFileURL(join(workspaceRoot, file)).href);

it('a few answers of HTTP do not make an optimizer take 25 MiB', async () => {
  const peakMiB = await printed(`
    import { createServer } from 'node:http';
    import { getHeapStatistics } from 'node:v8';
    const server = createServer((request, response) => response.end('{}'));
    await new Promise((listens) => server.listen(0, '127.0.0.1', listens));
    for (let n = 0; n < 20; n += 1) await (await fetch('http://127.0.0.1:' + server.address().port)).json();
    await new Promise((optimized) => setTimeout(optimized, 1_000));
    console.log(getHeapStatistics().peak_malloced_memory / 2 ** 20);
    process.exit();
  `);
  expect(Number(peakMiB)).toBeGreaterThan(0);
  expect(Number(peakMiB)).toBeLessThan(12);
});

it('a stack trace names the lines of our sources', async () => {
  const stack = await printed(`
    import { loadConfig, commonEnvironment } from ${compiled('libs/platform/dist/config.js')};
    try { loadConfig(commonEnvironment, {}); } catch (error) { console.log(error.stack); }
  `);
  expect(stack).toMatch(/at loadConfig \(.*libs\/platform\/src\/config\.ts:\d+:\d+\)/);
});

it('a service that calls nobody and has no collector loads no client for it', async () => {
  const loaded = await printed(`
    import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({
      load(url, context, next) {
        loaded.add(/.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1]);
        return next(url, context);
      },
    });
    await import(${compiled('libs/platform/dist/index.js')});
    console.log([...loaded].join(' '));
  `);
  expect(loaded).toContain('@opentelemetry/sdk-trace ');
  expect(loaded).not.toContain('@opentelemetry/exporter-trace-otlp-http');
  expect(loaded).not.toContain('undici');
});
