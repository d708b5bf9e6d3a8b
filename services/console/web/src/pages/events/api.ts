import type { ReconShapes } from '../../api/documents.js';
import { readCount, readerOf, readList, readText } from '../../recon/read-value.js';
import { read } from '../../shell/http.js';
import { useRead } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import type { MessageList } from './lists.js';
import { readFixture, readGroups, readMessage } from './read-message.js';
import type { Fixture, Groups, Message } from './read-message.js';

/** How many rows a filter selects, and of which kinds. */
export type Totals = ReturnType<typeof readTotals>;

type Filters = Readonly<Record<string, string | null | undefined>>;

/** The whole list in figures. */
export function useListTotals(list: MessageList, filters: Filters): Totals | undefined {
  return useRead(`${list.path}/totals`, filters, readTotals).data;
}

const readKind = readerOf<ReconShapes['ListTotals']['kinds'][number]>()({
  name: (value) => readText(value) ?? 'unknown',
  count: readCount,
});

const readTotals = readerOf<ReconShapes['ListTotals']>()({ count: readCount, kinds: (value) => readList(value, readKind) });

/** One message with its chain. */
export function useMessage(id: string): Answer<Message> {
  return useRead('/api/messages/{id}', { id }, readMessage);
}

/** How far the consumer groups are. */
export function useGroups(): Answer<Groups> {
  return useRead('/api/consumer-groups', {}, readGroups);
}

/** Asks for the fixture of a message: when somebody wants it, because reading it is in the audit trail. */
export async function fetchFixture(id: string): Promise<Fixture> {
  return readFixture(await read('/api/messages/{id}/fixture', { id }));
}
