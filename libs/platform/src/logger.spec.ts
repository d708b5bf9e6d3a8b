import { runningLogLevel } from './log-level.js';
import { NestLogger, createLogger } from './logger.js';

function recorded(level = 'trace'): { lines: () => Record<string, unknown>[]; logger: ReturnType<typeof createLogger> } {
  const lines: string[] = [];
  const logger = createLogger('recon', level, { write: (line: string) => void lines.push(line) });
  return { lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>), logger };
}

it('writes one JSON line with service, level as a word, time and message', () => {
  const { lines, logger } = recorded();
  logger.warn({ group: 'g' }, 'a partition is paused');
  expect(lines()).toEqual([
    { service: 'recon', level: 'warn', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), group: 'g', msg: 'a partition is paused' },
  ]);
});

it('leaves out what is below its level', () => {
  const { lines, logger } = recorded('warn');
  logger.info('x');
  expect(lines()).toEqual([]);
});

it('hides secrets in messages, in fields at any depth, and in errors with their causes', () => {
  const { lines, logger } = recorded();
  const cause = new Error('connecting postgres://tributary:pa55word@db:5432/x');
  logger.error(
    { err: new Error('key sk_live_abcDEF123 refused', { cause }), a: { b: { c: { d: { token: 't0ken' } } } } },
    'whsec_abc is old',
  );
  const text = JSON.stringify(lines());
  for (const secret of ['pa55word', 'sk_live_abcDEF123', 't0ken', 'whsec_abc']) expect(text).not.toContain(secret);
  expect(text).toContain('key [secret] refused');
});

describe('for Nest', () => {
  it('maps the levels of Nest to those of pino and keeps the context', () => {
    const { lines, logger } = recorded();
    const nest = new NestLogger(logger);
    nest.log('a', 'Router');
    nest.error('b');
    nest.warn('c');
    nest.debug('d');
    nest.verbose('e');
    nest.fatal('f');
    expect(lines().map(({ level, msg, context }) => [level, msg, context])).toEqual([
      ['info', 'a', 'Router'],
      ['error', 'b', undefined],
      ['warn', 'c', undefined],
      ['debug', 'd', undefined],
      ['trace', 'e', undefined],
      ['fatal', 'f', undefined],
    ]);
  });

  it('writes each context at the level of its own logger', () => {
    const { lines, logger } = recorded('info');
    const nest = new NestLogger(logger);
    runningLogLevel.set('debug', 60_000, 'rou');
    nest.debug('a', 'Router');
    nest.debug('b', 'Mapper');
    nest.debug('c', 'Router');
    nest.debug('d');
    runningLogLevel.reset();
    expect(lines().map(({ msg, context }) => [msg, context])).toEqual([
      ['a', 'Router'],
      ['c', 'Router'],
    ]);
  });

  it('keeps the stack apart from the context', () => {
    const { lines, logger } = recorded();
    new NestLogger(logger).error('failed', 'Error: x\n    at y (z.ts:1:1)', 'Router');
    expect(lines()[0]).toMatchObject({ msg: 'failed', stack: 'Error: x\n    at y (z.ts:1:1)', context: 'Router' });
  });

  it('writes errors and objects as fields', () => {
    const { lines, logger } = recorded();
    new NestLogger(logger).error(new Error('boom'));
    new NestLogger(logger).log({ route: '/live' });
    expect(lines()).toMatchObject([{ err: { type: 'Error', message: 'boom' } }, { route: '/live' }]);
  });
});
