import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocator, serviceFlags, programFlags } from './memory-flags.js';
import { workspaceRoot } from './workspace.js';

it('the image runs services with the flags of `npm start`', () => {
  const dockerfile = readFileSync(join(workspaceRoot, 'Dockerfile'), 'utf8');
  const settings = Object.entries(allocator).map(([name, value]) => `${name}=${value}`);
  expect(dockerfile).toContain(`ENV NODE_OPTIONS="${serviceFlags('transform').join(' ')}" ${settings.join(' ')}\n`);
});

it('the composed stack runs ingest and the sinks with their flags', () => {
  const compose = readFileSync(join(workspaceRoot, 'docker-compose.yml'), 'utf8').replace(/,?\s+/g, ' '); // however its lists are broken
  const runs = (service: string): RegExp =>
    new RegExp(`command: \\[ ?${[...serviceFlags(service), `services/${service}/dist/main.js`].join(' ')} ?\\]`, 'g');
  expect(compose.match(runs('ingest'))).toHaveLength(1);
  expect(compose.match(runs('erp-sink'))).toHaveLength(2); // Kinetic and the way back
});

it('the image starts programs as `npm start` does', () => {
  const dockerfile = readFileSync(join(workspaceRoot, 'Dockerfile'), 'utf8');
  expect(dockerfile).toContain(
    `ENTRYPOINT ["node", ${programFlags('/app')
      .map((flag) => `"${flag}"`)
      .join(', ')}]\n`,
  );
});
