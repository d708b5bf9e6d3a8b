import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../shell/http.js';
import { queryClient } from '../shell/query.js';
import type { Answer } from '../shell/query.js';
import { askIdentity } from './api.js';

/** Answers about people, tokens and sessions begin with this key. */
export const identityKey = 'identity';

/** Asks the console for a path below /identity. @param read makes whole values of whatever came over the wire; it never throws. */
export function useIdentity<T>(path: string, read: (value: unknown) => T, enabled = true): Answer<T> {
  const { data, error } = useQuery({ queryKey: [identityKey, path], queryFn: () => askIdentity('GET', path), select: read, enabled });
  return { data, error: error ?? undefined, problem: error ? messageOf(error) : undefined };
}

/** Asks again for everything that is shown about people, tokens and sessions: something of it was changed. */
export function identityChanged(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: [identityKey] });
}
