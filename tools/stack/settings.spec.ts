import { workspaceRoot } from '@tributary/local-stack';
import { parseArguments } from './arguments.js';
import { demoValue, foldersOf, loadSettings } from './settings.js';
import { describeStack } from './stack.js';

describe('settings of the demo', () => {
  it('come from .env.demo, with the signing secret that the documentation names', () => {
    const endpoints = JSON.parse(demoValue(loadSettings(workspaceRoot, {}), 'STRIPE_ENDPOINTS')) as unknown;
    expect(endpoints).toEqual([
      { name: 'default', secrets: ['whsec_demo_tributary'], livemode: false, account: null, apiVersion: '2026-08-26.dahlia' },
    ]);
  });

  it('are overridden name by name, and nothing else of the environment gets in', () => {
    const { demo } = loadSettings(workspaceRoot, { LOG_LEVEL: 'debug', AWS_SECRET_ACCESS_KEY: 'x' });
    expect(demo.LOG_LEVEL).toBe('debug');
    expect(demo.KINETIC_COMPANY).toBe('EPIC06');
    expect(demo).not.toHaveProperty('AWS_SECRET_ACCESS_KEY');
  });

  it('are refused in production', () => {
    expect(() => loadSettings(workspaceRoot, { NODE_ENV: 'production' })).toThrow('NODE_ENV is production');
  });

  it('keep a second stack in a folder of its own', () => {
    expect(foldersOf('/w', { TRIBUTARY_STATE_DIR: '/tmp/other' }).run).toBe('/tmp/other/run');
    expect(foldersOf('/w', {}).data).toBe('/w/.tributary/data');
  });
});

describe('the description of the stack', () => {
  const parts = describeStack(loadSettings(workspaceRoot, { TRIBUTARY_PORT_INGEST: '5010' }));

  it('lists the parts so that each comes after what it depends on', () => {
    const names = parts.map((part) => part.name);
    for (const part of parts) for (const other of part.dependsOn) expect(names.indexOf(other)).toBeLessThan(names.indexOf(part.name));
  });

  it('has the services in the order in which data walks, which is the order in which they drain', () => {
    expect(parts.filter((part) => part.kind === 'service').map((part) => part.name)).toEqual([
      'ingest',
      'transform',
      'erp-sink',
      'erp-sink-stripe',
      'recon',
      'console',
    ]);
  });

  it('puts every process on its own port', () => {
    const ports = parts.flatMap((part) => (part.kind === 'task' ? [] : part.port));
    expect(new Set(ports).size).toBe(ports.length);
    expect(ports).toContain(5010);
  });
});

describe('arguments of npm start', () => {
  it('plays the day in the foreground unless told otherwise', () => {
    expect(parseArguments([])).toEqual({ detach: false, demo: true, without: [] });
    expect(parseArguments(['--detach', '--no-demo', '--without', 'recon,console'])).toEqual({
      detach: true,
      demo: false,
      without: ['recon', 'console'],
    });
  });

  it('names an argument that it does not know', () => {
    expect(() => parseArguments(['--detached'])).toThrow('"--detached" is not known');
  });
});
