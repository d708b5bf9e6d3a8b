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
  const compose = readFileSync(join(workspaceRoot, 'docker-compose.yml'), 'utf8');
  const runs = (service: string): string => `command: [${serviceFlags(service).join(', ')}, services/${service}/dist/main.js]`;
  expect(compose).toContain(runs('ingest'));
  expect(compose.split(runs('erp-sink'))).toHaveLength(3); // Kinetic and the way back
});

it('the image starts programs as `npm start` does', () => {
  const dockerfile = readFileSync(join(workspaceRoot, 'Dockerfile'), 'utf8');
  expect(dockerfile).toContain(
    `ENTRYPOINT ["node", ${programFlags('/app')
      .map((flag) => `"${flag}"`)
      .join(', ')}]\n`,
  );
});
