import { createLogger } from './logger.js';
import { collectedLines } from './log-destination.js';

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
