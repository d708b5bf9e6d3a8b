import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { addressesInAnswers } from './internal-addresses.js';

it('no source of a service writes the address of another one into an answer', () => {
  const files = globSync('services/*/src/**/accept/**/*.ts', { cwd: root }).filter((file) => !/spec\.ts$|\/testing\//.test(file));
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((file) => addressesInAnswers(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

it.each([
  "reply.send({ error: 'recon.silent', message: `recon does not answer at ${this.recon.url}: is it running?` });",
  'throw new BadGatewayException(\n  `no answer of ${config.TRANSFORM_URL}`,\n);',
  'const message = `Kafka at ${brokers} is away`;',
])('finds a seeded one: %s', (text) => {
  expect(addressesInAnswers('seed.ts', text)).toHaveLength(1);
});
