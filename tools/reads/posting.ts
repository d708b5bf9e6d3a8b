import type { LedgerPostingsView, LedgerPostingView } from '@tributary/contracts';
import { allVisible } from '../dlq/all-visible.js';
import { table } from '../dlq/render-letters.js';
import type { Terminal } from '../dlq/terminal.js';
import { printAnswer } from './print-answer.js';
import type { Line } from './print-answer.js';
import { blocks } from './words.js';

/** `tributary posting [key]`: one posting of the ledger of erp-sink with its outcomes, or the newest of a state. @returns the exit code. */
export function showPosting(line: Line, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  const [key] = line.arguments;
  if (key !== undefined)
    return printAnswer<LedgerPostingView>(line, env, terminal, {
      service: 'erp-sink',
      read: (ask) => ask('GET', `/postings/${encodeURIComponent(key)}`),
      text: postingText,
    });
  return printAnswer<LedgerPostingsView>(line, env, terminal, {
    service: 'erp-sink',
    read: (ask, option) => {
      const query = ['state', 'target', 'limit'].flatMap((name) => (option(name) === undefined ? [] : [[name, option(name) ?? '']]));
      return ask('GET', `/postings${query.length === 0 ? '' : `?${new URLSearchParams(query).toString()}`}`);
    },
    text: postingsText,
  });
}

function postingText(given: LedgerPostingView): string {
  const { outcomes = [], reference, waitingOn, ...posting } = allVisible(given);
  const facts: Readonly<Record<string, string>> = {
    'posting key': posting.postingKey,
    state: posting.superseded ? `${posting.state}; it came again with other fields, which were not posted` : posting.state,
    attempts: String(posting.attempts),
    document:
      reference === null
        ? '-'
        : Object.entries(reference)
            .map(([name, value]) => `${name} ${value}`)
            .join(', '),
    'waits for': waitingOn.join(', ') || '-',
    group: posting.batchId === null ? '-' : `${posting.batchId}, ${posting.released ? 'released' : 'not released'}`,
    why: posting.text ?? '-',
    changed: posting.changedAt,
  };
  return blocks(
    table(['FACT', 'VALUE'], Object.entries(facts)),
    outcomes.length === 0
      ? 'No outcome yet.'
      : table(
          ['OUTCOME', 'AT', 'PUBLISHED', 'REQUEST'],
          outcomes.map(({ result, concludedAt, published, requestId }) => [result, concludedAt, published ? 'yes' : 'not yet', requestId]),
        ),
  );
}

function postingsText(given: LedgerPostingsView): string {
  const { counts, postings } = allVisible(given);
  const states = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  return blocks(
    `The whole ledger: ${states.join(', ') || 'no posting'}.`,
    postings.length === 0
      ? 'No posting fits.'
      : table(
          ['POSTING KEY', 'STATE', 'ATTEMPTS', 'GROUP', 'CHANGED', 'WHY'],
          postings.map(({ postingKey, state, attempts, batchId, changedAt, text }) => [
            postingKey,
            state,
            String(attempts),
            batchId ?? '-',
            changedAt,
            text ?? '',
          ]),
        ),
  );
}
