import { useQuery } from '@tanstack/react-query';
import type { AnswerOf, ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readCount, readerOf, readList, readText } from '../../recon/read-value.js';
import { read } from '../../shell/http.js';
import { answerOf, onceOf, useRead } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import type { MessageList } from './lists.js';
import { readFixture, readGroups, readMessage, readMessageRecord } from './read-message.js';
import type { Fixture, Groups, Message, MessageRecord } from './read-message.js';

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

/** The record of a message. It never changes and reading it is in the audit trail, so it is asked for once and not with every new figure. */
export function useMessageRecord(id: string): Answer<MessageRecord> {
  return answerOf(
    useQuery({
      ...onceOf('/api/messages/{id}/record', { id }),
      // Without the signal: the frame may draw the page anew while it is asked, and a cancelled request would be made again.
      queryFn: (): Promise<Sent<AnswerOf<'/api/messages/{id}/record'>>> => read('/api/messages/{id}/record', { id }),
      select: readMessageRecord,
    }),
  );
}

/** Asks for the fixture of a message: when somebody wants it, because reading it is in the audit trail. */
export async function fetchFixture(id: string): Promise<Fixture> {
  return readFixture(await read('/api/messages/{id}/fixture', { id }));
}
