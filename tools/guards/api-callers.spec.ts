import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Services answer nobody whom they do not know, so tools and proofs call them through `callApi` (libs/local-stack), which adds the token. A
 * plain `fetch` is for what is not a service: emulators, systems outside, health, the webhook that Stripe calls.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const plain: Readonly<Record<string, string>> = {
  'proof/alerts/prometheus.ts': 'Prometheus',
  'proof/bench/peers.ts': 'the products beside which it is measured',
  'proof/bench/rows/transport.ts': 'a program of the measurement',
  'proof/bench/sink-set-up.ts': 'emulator',
  'proof/bench/subject.ts': 'health',
  'proof/books/emulated-erp.ts': 'emulator',
  'proof/books/faulty-fetch.ts': 'emulator',
  'proof/books/scenario-account.ts': 'emulator',
  'proof/chaos/deliver.ts': 'the webhook',
  'proof/chaos/parts.ts': 'health',
  'proof/chaos/system.ts': 'emulator',
  'proof/compose/compare.mjs': 'plain JavaScript: takes TRIBUTARY_TOKEN itself',
  'proof/console/measure.ts': 'recon without identity, which the measurement starts itself',
  'proof/contracts/typescript/topic-reader.ts': 'the schema registry',
  'proof/dashboards/cli.ts': 'whether a service has metrics',
  'proof/rebuild/world.ts': 'emulator',
  'proof/restore/browser.ts': 'sign-in, as a browser does',
  'proof/walk/walk-system.ts': 'emulator, the webhook',
  'tools/contracts/testing/confluent-modes.ts': 'a registry, which a stand-in with modes passes requests on to',
  'tools/stack/demo-command.ts': 'emulator',
  'tools/stack/http-probe.ts': 'health, emulator',
  'tools/targets/finding.ts': 'Stripe and the ERP',
  'tools/targets/testing/relay.ts': 'emulator',
};
const callsPlainly = (text: string): boolean => /(?<![.\w])fetch\(/.test(text);

it('only what is listed here calls without a token', () => {
  const files = execFileSync('git', ['ls-files', '--', 'tools', 'proof'], { cwd: root, encoding: 'utf8' }).split('\n');
  const programs = files.filter((file) => /\.(ts|mjs)$/.test(file) && !/spec\.ts$/.test(file));
  expect(programs.length).toBeGreaterThan(100);
  expect(programs.filter((file) => callsPlainly(readFileSync(join(root, file), 'utf8'))).sort()).toEqual(Object.keys(plain).sort());
});

it.each([
  ["const answer = await fetch('http://127.0.0.1:4040/counts');", true],
  ["const answer = await callApi('http://127.0.0.1:4040/counts');", false],
  ['const answer = await this.fetch(url);', false],
])('%s is found: %p', (text, expected) => {
  expect(callsPlainly(text)).toBe(expected);
});
