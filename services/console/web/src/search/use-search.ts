import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError, messageOf, order } from '../shell/http.js';
import { readSearchAnswer } from './read-search.js';
import type { SearchAnswer } from './read-search.js';

/** A search begins when nobody has typed for this long, ms. */
const quietMs = 150;
/** How long an answer is used again, ms: whoever goes back to a search sees it at once. */
const usedAgainMs = 10_000;

/** Where a search stands. */
export interface SearchState {
  /** What the answer is about. */
  readonly q: string;
  readonly answer: SearchAnswer | undefined;
  readonly problem: string | undefined;
  /** What was typed is not answered yet. */
  readonly searches: boolean;
  /** Asks once more, after a problem. */
  readonly again: () => void;
}

/**
 * Searches for what is typed, when typing pauses. A search that is not wanted any more is cancelled, and an answer is only shown for the text
 * that it belongs to. It is sent in the body of a request, because addresses are logged and an e-mail address may be typed.
 */
export function useSearchOf(typed: string): SearchState {
  const wanted = typed.trim();
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(wanted), wanted === '' ? 0 : quietMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => order('post', '/api/search', {}, { q }, signal),
    select: readSearchAnswer,
    enabled: q !== '' && q === wanted,
    staleTime: usedAgainMs,
    gcTime: usedAgainMs,
  });
  const current = wanted !== '' && q === wanted;
  return {
    q,
    answer: current ? data : undefined,
    problem: current && error && !isFetching ? problemOf(error) : undefined,
    searches: wanted !== '' && (!current || isFetching),
    again: () => void refetch(),
  };
}

function problemOf(error: unknown): string {
  const away = error instanceof ApiError ? error.status >= 500 : true;
  return away ? 'The search does not answer. Wait a moment, then press Enter to try again.' : messageOf(error);
}
