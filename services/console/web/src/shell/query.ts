import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query';
import { ApiError, getJson, messageOf } from './http.js';

/** Answers of recon begin with this key: all of them are asked for again when a figure changes. */
export const reconKey = 'recon';

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

/** Asks again for everything that recon was asked for: something of it was changed. */
export function reconChanged(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: [reconKey] });
}

/** Asks recon for a path. @param read makes whole values of whatever came over the wire; it never throws. */
export function useRecon<T>(
  path: string,
  read: (value: unknown) => T,
  { keep = false, enabled = true, everyMs = false }: Options = {},
): Answer<T> {
  const { data, error } = useQuery({
    queryKey: [reconKey, path],
    queryFn: ({ signal }) => getJson(path, signal),
    select: read,
    enabled,
    refetchInterval: ({ state }) => (isAway(state.error) ? askedAgainMs : everyMs),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
  return { data, error: error ?? undefined, problem: error ? messageOf(error) : undefined };
}
