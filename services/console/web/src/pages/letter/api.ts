import { useQuery } from '@tanstack/react-query';
import { addressPart, visibleText } from '../../format/text.js';
import { readList, readRecord, readText } from '../../recon/read-value.js';
import { useIdentity } from '../../identity/use-identity.js';
import { ApiError, getJson, messageOf, postJson } from '../../shell/http.js';
import { queryClient, reconKey, useRecon } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import { readCase, readPerson } from './read-case.js';
import type { Case, Person } from './read-case.js';
import { readDryRun } from './read-dry-run.js';
import type { DryRun } from './read-dry-run.js';
import { readChecked, readMessage } from './read-message.js';
import type { Checked, Message } from './read-message.js';

const pathOf = (id: string): string => `/dead-letters/${addressPart(id)}`;

/** All about a letter but what its message holds. */
export function useCase(id: string): Answer<Case> {
  const answer = useRecon(`${pathOf(id)}/case`, readCase);
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
  const { data, error } = useQuery({
    queryKey: ['message', id],
    queryFn: ({ signal }) => getJson(`${pathOf(id)}/message`, signal),
    select: readMessage,
    ...{ enabled, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  });
  return { data, error: error ?? undefined, problem: error ? messageOf(error) : undefined };
}

/** People to whom a letter can be given. */
export function useColleagues(enabled: boolean): Answer<readonly Person[]> {
  return useIdentity('/colleagues', readColleagues, enabled);
}

function readColleagues(value: unknown): readonly Person[] {
  return readList(readRecord(value).colleagues, readPerson).filter((person) => person !== null);
}

/** Checks an edit. */
export async function checkEdit(id: string, value: unknown): Promise<Checked> {
  return readChecked(await postJson(`${pathOf(id)}/check-edit`, { value }));
}

/** What processing the letter now would do. @param edited absent: as it is. */
export async function dryRun(id: string, edited?: { readonly value: unknown }): Promise<DryRun> {
  return readDryRun(await postJson(`${pathOf(id)}/dry-run`, edited ?? {}));
}

/** What can be decided about one letter. */
export type Decision =
  | { readonly action: 'replay'; readonly editedValue?: unknown; readonly answer?: string }
  | { readonly action: 'skip' }
  | { readonly action: 'resolve'; readonly reference?: Readonly<Record<string, string>>; readonly acceptDifference?: true };

/** An order as it was taken. */
export interface Ordered {
  readonly id: string;
  /** Why somebody else has to approve it; empty: it runs. */
  readonly waitsFor: readonly string[];
}

/** Orders something about one letter. */
export async function decide(id: string, decision: Decision, reason: string): Promise<Ordered> {
  const answer = readRecord(
    await postJson('/dead-letter-orders', { ...decision, scope: 'one', ids: [id], reason }).finally(letterChanged), // also when somebody was quicker
  );
  return { id: readText(answer.id) ?? '', waitsFor: readList(answer.waitsFor, (why) => readText(why) ?? '') };
}

/** Says something about a letter. */
export async function comment(id: string, text: string): Promise<void> {
  await postJson(`${pathOf(id)}/comments`, { text });
  await letterChanged();
}

/** Gives a letter to somebody. @param replaces subject of whom the page shows it with. */
export async function assign(id: string, assignee: 'me' | Person | null, replaces: string | null): Promise<void> {
  try {
    await postJson(`${pathOf(id)}/assignment`, { assignee, replaces });
  } finally {
    await letterChanged(); // also when somebody was quicker: the page then shows who
  }
}

function letterChanged(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: [reconKey] });
}
