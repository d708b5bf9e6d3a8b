import { Writable } from 'node:stream';
import { jest } from '@jest/globals';
import { commonEnvironment, loadConfig } from './config.js';
import { configuredLogLevels, parseLogLevels } from './configured-log-levels.js';
import { createLogger } from './logger.js';
import { runningLogLevel } from './log-level.js';

let lines: string[];
const sink = new Writable({
  write(piece: Buffer, _encoding, done) {
    lines.push(...piece.toString().trim().split('\n'));
    done();
  },
});
const said = (): unknown[] => lines.map((line) => (JSON.parse(line) as { msg: unknown }).msg);
beforeEach(() => {
  lines = [];
  jest.useFakeTimers();
});
afterEach(() => {
  runningLogLevel.reset();
  jest.useRealTimers();
});

it('sets the level of loggers and of their children for a time, and then each has its own again', () => {
  const [quiet, loud] = [createLogger('a', 'error', sink), createLogger('b', 'info', sink)];
  const child = loud.child({ target: 'x' });
  const all = (text: string): void => [quiet, loud, child].forEach((one) => one.debug(text));
  all('before');
  runningLogLevel.set('debug', 60_000);
  all('while');
  const [later, laterChild] = [createLogger('c', 'info', sink), quiet.child({})];
  later.debug('later');
  laterChild.debug('later child');
  expect(said()).toEqual(['while', 'while', 'while', 'later', 'later child']);
  jest.advanceTimersByTime(60_001);
  all('after');
  later.debug('after');
  laterChild.warn('after');
  quiet.warn('after');
  expect([said().length, quiet.level, loud.level, child.level, later.level, laterChild.level]).toEqual([
    ...[5, 'error', 'info', 'info', 'info', 'error'],
  ]);
  expect(runningLogLevel.now).toBeUndefined();
});

it('sets the level of the loggers of a name alone, before that of all, and the longest name counts', () => {
  const service = createLogger('recon', 'info', sink);
  const [worker, watch, kafka] = ['ReplayWorker', 'ReplayWatch', 'kafka'].map((context) => service.child({ context }));
  const levels = (): unknown[] => [service, worker, watch, kafka].map((one) => one?.level);
  runningLogLevel.set('debug', 60_000, 'replay');
  expect(levels()).toEqual(['info', 'debug', 'debug', 'info']);
  runningLogLevel.set('error', 30_000, 'ReplayWat');
  runningLogLevel.set('warn', 90_000);
  expect(levels()).toEqual(['warn', 'debug', 'error', 'warn']);
  expect(service.child({ context: 'ReplayLater' }).level).toBe('debug');
  expect(runningLogLevel.named.map(({ logger, level }) => [logger, level])).toEqual([
    ['replay', 'debug'],
    ['replaywat', 'error'],
  ]);
  jest.advanceTimersByTime(30_001);
  expect(levels()).toEqual(['warn', 'debug', 'debug', 'warn']);
  jest.advanceTimersByTime(30_000);
  expect(levels()).toEqual(['warn', 'warn', 'warn', 'warn']);
  jest.advanceTimersByTime(30_000);
  expect(levels()).toEqual(['info', 'info', 'info', 'info']);
  expect(runningLogLevel.names).toEqual(expect.arrayContaining(['recon', 'ReplayWorker', 'kafka']));
});

it('gives a logger the level that LOG_LEVELS has for its name, and gives it back after another one', () => {
  process.env.LOG_LEVELS = 'kafka=error, Replay=debug';
  const service = createLogger('recon', 'info', sink);
  delete process.env.LOG_LEVELS;
  const [kafka, replay] = ['kafka', 'ReplayWorker'].map((context) => service.child({ context }));
  const levels = (): unknown[] => [service, kafka, replay].map((one) => one?.level);
  expect(levels()).toEqual(['info', 'error', 'debug']);
  runningLogLevel.set('trace', 60_000);
  expect(levels()).toEqual(['trace', 'trace', 'trace']);
  runningLogLevel.reset();
  expect(levels()).toEqual(['info', 'error', 'debug']);
});

it.each([
  ['kafka', /"kafka": expected logger=level/],
  ['kafka=loud', /a level of trace, debug, info, warn, error/],
  ['=debug', /"=debug"/],
  ['a=info,A=warn', /"A=warn": the logger stands there twice/],
  ['a b=info', /"a b=info"/],
])('refuses LOG_LEVELS=%s at the start', (text, message) => {
  expect(() => parseLogLevels(text)).toThrow(message);
  expect(() => loadConfig(commonEnvironment, { HTTP_PORT: '1', LOG_LEVELS: text })).toThrow(message);
  expect(configuredLogLevels(text).size).toBe(0);
});

it('counts the time anew when it is set again', () => {
  const logger = createLogger('a', 'info', sink);
  runningLogLevel.set('debug', 60_000);
  jest.advanceTimersByTime(50_000);
  runningLogLevel.set('trace', 60_000);
  jest.advanceTimersByTime(50_000);
  expect([logger.level, runningLogLevel.now?.level]).toEqual(['trace', 'trace']);
  jest.advanceTimersByTime(11_000);
  expect(logger.level).toBe('info');
});
