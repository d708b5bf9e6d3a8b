import { jest } from '@jest/globals';
import fc from 'fast-check';
import { createLogger } from './logger.js';
import { collectedLines, joinedLines } from './log-destination.js';

/** Where lines are held back until they are flushed. */
function heldBack(): { held: string[]; written: string[]; lines: Parameters<typeof collectedLines>[0] } {
  const held: string[] = [];
  const written: string[] = [];
  const lines = { write: (line: string) => void held.push(line), flush: () => void written.push(...held.splice(0)) };
  return { held, written, lines };
}
const texts = (lines: readonly string[]): string[] => lines.map((line) => (JSON.parse(line) as { msg: string }).msg);

it('holds back lines about what went well, of every logger of the process', () => {
  const { held, written, lines } = heldBack();
  const logger = createLogger('ingest', 'debug', collectedLines(lines));
  logger.debug('one');
  logger.child({ context: 'deliveries' }).info('two');
  expect([texts(held), texts(written)]).toEqual([['one', 'two'], []]);
});

it.each(['warn', 'error', 'fatal'] as const)('writes a line of the level %s at once, behind all that came before it', (level) => {
  const { held, written, lines } = heldBack();
  const logger = createLogger('ingest', 'info', collectedLines(lines));
  logger.info('before');
  logger.child({ context: 'deliveries' })[level]('bad');
  expect([texts(held), texts(written)]).toEqual([[], ['before', 'bad']]);
});

const [flushed, waited] = [Symbol('flushed'), Symbol('waited')];

it('joins lines to texts, and loses, repeats and mixes up none', () => {
  jest.useFakeTimers();
  const step = fc.oneof(fc.string({ minLength: 1 }), fc.constant('x'.repeat(9_000)), fc.constantFrom(flushed, waited));
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const written: string[] = [];
      const lines = joinedLines({ write: (text: string) => void written.push(text) });
      let all = '';
      for (const one of [...steps, flushed]) {
        if (typeof one === 'string') {
          lines.write(one);
          all += one;
          expect(all.startsWith(written.join(''))).toBe(true);
          expect(all.length - written.join('').length).toBeLessThan(16_000);
        } else {
          if (one === flushed) lines.flush();
          else jest.advanceTimersByTime(100);
          expect(written.join('')).toBe(all);
        }
      }
      expect(written).not.toContain('');
      expect(jest.getTimerCount()).toBe(0);
    }),
  );
  jest.useRealTimers();
});
