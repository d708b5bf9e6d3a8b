import type { LetterView, ParkedView } from '@tributary/contracts';
import { amountColumns, CsvSheet } from '../../shared/decide/csv-sheet.js';

/** The file of dead letters, without their payloads. */
export const letterSheet = new CsvSheet<LetterView>({
  'dead since (UTC)': ({ deadAt }) => deadAt,
  id: ({ id }) => id,
  cause: ({ cause }) => cause,
  'what was wrong': ({ text }) => text,
  state: ({ state }) => state,
  result: ({ result }) => result,
  held: ({ held }) => (held ? 'yes' : 'no'),
  group: ({ group }) => group,
  topic: ({ topic }) => topic,
  sequence: ({ sequence }) => sequence,
  'event type': ({ eventType }) => eventType,
  event: ({ eventId }) => eventId,
  ...amountColumns<LetterView>('money at risk', ({ money }) => money),
  'waiting behind': ({ parkedBehind }) => String(parkedBehind),
  'failed replays': ({ replays }) => String(replays),
  'letter before': ({ previous }) => previous,
  'looked after by': ({ assignee }) => assignee?.name ?? null,
  'closed at (UTC)': ({ closedAt }) => closedAt,
});

/** The file of messages that wait behind a failed one. */
export const parkedSheet = new CsvSheet<ParkedView>({
  'parked since (UTC)': ({ parkedAt }) => parkedAt,
  sequence: ({ sequence }) => sequence,
  'waits behind': ({ behind }) => behind,
  group: ({ group }) => group,
  topic: ({ topic }) => topic,
  event: ({ eventId }) => eventId,
  ...amountColumns<ParkedView>('money', ({ money }) => money),
});
