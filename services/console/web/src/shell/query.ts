import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query';
import { addressOf } from '../api/address.js';
import type { AnswerOf, Parameters, PathOf } from '../api/documents.js';
import type { Sent } from '../api/sent.js';
import { ApiError, messageOf, read } from './http.js';

/** Answers of recon and the erp-sinks begin with this key: all of them are asked for again when a figure changes. */
export const reconKey = 'recon';
/** Answers of the console itself, about people, tokens and sessions, begin with this key. */
const ownKey = 'console';

/** What the page has asked for. The live stream says when to ask again; nothing is asked again because a window came to the front. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, staleTime: 0, networkMode: 'always' },
  },
});

/** An answer as a page shows it. What was read last stays when the next answer is an error. */
export interface Answer<T> {
  readonly data: T | undefined;
  readonly error: Error | undefined;
  /** The message of the error. */
  readonly problem: string | undefined;
}

interface Options {
  /** Whether the rows of the path before stay until the new ones are there. */
  readonly keep?: boolean;
  readonly enabled?: boolean;
  /** Asked again this often as well, ms: for what changes no figure of recon. */
  readonly everyMs?: number | false;
}

/** How soon something is asked again that was away, ms: a page comes back by itself. */
const askedAgainMs = 5_000;
/** Whether an error says nothing about what was asked: a service, or what it needs, is away. */
const isAway = (error: Error | null): boolean => error !== null && (!(error instanceof ApiError) || error.status >= 500);

/** Asks again for everything that recon and the erp-sinks were asked for: something of it was changed. */
export function reconChanged(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: [reconKey] });
}

/** Asks again for everything that is shown about people, tokens and sessions: something of it was changed. */
export function identityChanged(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: [ownKey] });
}

/** The key of an answer, and how it is asked for; options of `useQuery` are put beside it. */
export function queryOf<Path extends PathOf<'get'>>(path: Path, parameters: Parameters<Path, 'get'>) {
  return {
    queryKey: [path.startsWith('/api/') ? reconKey : ownKey, addressOf(path, parameters)] as const,
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => read(path, parameters, signal),
  };
}

/** The same for what is asked once and not again with live figures: it does not change, or each reading is in the audit trail. */
export function onceOf<Path extends PathOf<'get'>>(path: Path, parameters: Parameters<Path, 'get'>) {
  return { ...queryOf(path, parameters), queryKey: ['once', addressOf(path, parameters)] as const, staleTime: Infinity };
}

/** What `useQuery` found, as a page shows it. */
export function answerOf<T>({ data, error }: { readonly data: T | undefined; readonly error: Error | null }): Answer<T> {
  return { data, error: error ?? undefined, problem: error ? messageOf(error) : undefined };
}

/** What stands at a path of a service. @param reader makes whole values of whatever came over the wire; it never throws. */
export function useRead<Path extends PathOf<'get'>, T>(
  path: Path,
  parameters: Parameters<Path, 'get'>,
  reader: (value: Sent<AnswerOf<Path>>) => T,
  { keep = false, enabled = true, everyMs = false }: Options = {},
): Answer<T> {
  return answerOf(
    useQuery({
      ...queryOf(path, parameters),
      select: reader,
      enabled,
      refetchInterval: ({ state }) => (isAway(state.error) ? askedAgainMs : everyMs),
      ...(keep ? { placeholderData: keepPreviousData } : {}),
    }),
  );
}
