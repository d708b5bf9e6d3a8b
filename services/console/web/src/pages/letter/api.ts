import { useQuery } from '@tanstack/react-query';
import type { BodyOf, ConsoleShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { visibleText } from '../../format/text.js';
import { readOrder } from '../../orders/read-order.js';
import type { Order } from '../../orders/read-order.js';
import { readList, readRecord } from '../../recon/read-value.js';
import { ApiError, order } from '../../shell/http.js';
import { answerOf, onceOf, reconChanged, useRead } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import { readCase, readPerson } from './read-case.js';
import type { Case, Person } from './read-case.js';
import { readDryRun } from './read-dry-run.js';
import type { DryRun } from './read-dry-run.js';
import { readChecked, readMessage } from './read-message.js';
import type { Checked, Message } from './read-message.js';

/** All about a letter but what its message holds. */
export function useCase(id: string): Answer<Case> {
  const answer = useRead('/api/dead-letters/{id}/case', { id }, readCase);
  if (answer.error instanceof ApiError && answer.error.status === 404)
    return {
      ...answer,
      data: undefined,
      problem: `There is no dead letter ${visibleText(id, 60)} that you may see. Look for it in the list.`,
    };
  return answer;
}

/**
 * What the message holds, once somebody wants to see it. Each reading is recorded, so it is read once, not at each change of a figure, and
 * forgotten with the page: it may be about people.
 */
export function useMessage(id: string, enabled: boolean): Answer<Message> {
  const query = onceOf('/api/dead-letters/{id}/message', { id });
  return answerOf(useQuery({ ...query, select: readMessage, enabled, gcTime: 0 }));
}

/** People to whom a letter can be given. */
export function useColleagues(enabled: boolean): Answer<readonly Person[]> {
  return useRead('/identity/colleagues', {}, readColleagues, { enabled });
}

function readColleagues(value: Sent<ConsoleShapes['ColleaguesView']>): readonly Person[] {
  return readList(readRecord(value).colleagues, readPerson).filter((person) => person !== null);
}

/** Checks an edit. */
export async function checkEdit(id: string, value: unknown): Promise<Checked> {
  return readChecked(await order('post', '/api/dead-letters/{id}/check-edit', { id }, { value }));
}

/** What processing the letter now would do. @param edited absent: as it is. */
export async function dryRun(id: string, edited?: { readonly value: unknown }): Promise<DryRun> {
  return readDryRun(await order('post', '/api/dead-letters/{id}/dry-run', { id }, edited ?? {}));
}

/** What can be decided about one letter. */
export type Decision = Omit<BodyOf<'/api/dead-letter-orders', 'post'>, 'scope' | 'ids' | 'reason'>;

/** An order as it was taken. `waitsFor`: why somebody else has to approve it; empty: it runs. */
export type Ordered = Pick<Order, 'id' | 'waitsFor'>;

/** Orders something about one letter. */
export async function decide(id: string, decision: Decision, reason: string): Promise<Ordered> {
  const given = order('post', '/api/dead-letter-orders', {}, { ...decision, scope: 'one', ids: [id], reason });
  return readOrder(await given.finally(reconChanged)); // also when somebody was quicker
}

/** Says something about a letter. */
export async function comment(id: string, text: string): Promise<void> {
  await order('post', '/api/dead-letters/{id}/comments', { id }, { text });
  await reconChanged();
}

/** Gives a letter to somebody. @param replaces subject of whom the page shows it with. */
export async function assign(id: string, assignee: 'me' | Person | null, replaces: string | null): Promise<void> {
  try {
    await order('post', '/api/dead-letters/{id}/assignment', { id }, { assignee, replaces });
  } finally {
    await reconChanged(); // also when somebody was quicker: the page then shows who
  }
}
