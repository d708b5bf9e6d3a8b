import { Writable } from 'node:stream';
import { jest } from '@jest/globals';
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
