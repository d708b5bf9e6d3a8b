import { useQuery } from '@tanstack/react-query';
import { addressPart } from '../../format/text.js';
import { readCount, readList, readRecord, readText } from '../../recon/read-value.js';
import { hrefOf } from '../../shell/address.js';
import { getJson, messageOf } from '../../shell/http.js';
import { useRecon } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import type { MessageList } from './lists.js';
import { readFixture, readGroups, readMessage, readMessageRecord } from './read-message.js';
import type { Fixture, Groups, Message, MessageRecord } from './read-message.js';

/** How many rows a filter selects, and of which kinds. */
export interface Totals {
  readonly count: number | null;
  readonly kinds: readonly { readonly name: string; readonly count: number | null }[];
}

type Filters = Readonly<Record<string, string | null | undefined>>;

/** The whole list in figures. */
export function useListTotals(list: MessageList, filters: Filters): Totals | undefined {
  return useRecon(hrefOf(`${list.path}/totals`, filters), readTotals).data;
}

function readTotals(value: unknown): Totals {
  const { count, kinds } = readRecord(value);
  const kind = (one: unknown) => ({ name: readText(readRecord(one).name) ?? 'unknown', count: readCount(readRecord(one).count) });
  return { count: readCount(count), kinds: readList(kinds, kind) };
}

/** One message with its chain. */
export function useMessage(id: string): Answer<Message> {
  return useRecon(`/messages/${addressPart(id)}`, readMessage);
}

/** How far the consumer groups are. */
export function useGroups(): Answer<Groups> {
  return useRecon('/consumer-groups', readGroups);
}

/** The record of a message. It never changes and reading it is in the audit trail, so it is asked for once and not with every new figure. */
export function useMessageRecord(id: string): Answer<MessageRecord> {
  const { data, error } = useQuery({
    queryKey: ['record', id],
    // Without the signal: the frame may draw the page anew while it is asked, and a cancelled request would be made again.
    queryFn: async () => readMessageRecord(await getJson(`/messages/${addressPart(id)}/record`)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { data, error: error ?? undefined, problem: error ? messageOf(error) : undefined };
}

/** Asks for the fixture of a message: when somebody wants it, because reading it is in the audit trail. */
export async function fetchFixture(id: string): Promise<Fixture> {
  return readFixture(await getJson(`/messages/${addressPart(id)}/fixture`));
}
