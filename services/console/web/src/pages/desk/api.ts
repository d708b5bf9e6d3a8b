import type { ListPage } from '../../recon/read.js';
import { usePageSize } from '../../shell/page-size.js';
import { useRead } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';
import { queryOf } from './filters.js';
import type { DeskFilters } from './filters.js';
import { readCauses, readLetters, readSequences, readTotals } from './read-desk.js';
import type { Cause, Letter, Sequence, Totals } from './read-desk.js';
import { readGroups, readReleases } from './read-groups.js';
import type { GroupPage, OfSinks, Release } from './read-groups.js';

/** Rows per page of the lists of the desk, where nobody chose another number. */
const usualRows = 100;

const usePage = ({ after, before }: DeskFilters) => ({ after, before, limit: String(usePageSize(usualRows)) });
const ofSequences = ['cause', 'group', 'topic', 'eventType', 'held', 'assignee', 'from', 'to'] as const;

/** Every cause that is not closed. */
export function useCauses(): Answer<Cause[]> {
  return useRead('/api/dead-letters/causes', {}, readCauses, { keep: true });
}

/** Sequences that stand still, the longest waiting first. */
export function useSequences(filters: DeskFilters): Answer<ListPage<Sequence>> {
  const state = filters.state === 'open' || filters.state === 'ordered' ? filters.state : null;
  const query = { ...queryOf(filters, ofSequences), state, ...usePage(filters) };
  return useRead('/api/dead-letters/sequences', query, readSequences, { keep: true });
}

/** Letters, oldest first. */
export function useLetters(filters: DeskFilters): Answer<ListPage<Letter>> {
  const query = { ...queryOf(filters), state: filters.state ?? 'notClosed', ...usePage(filters) };
  return useRead('/api/dead-letters', query, readLetters, { keep: true });
}

/** How often groups are asked for, ms: they change no figure of recon. */
const groupsEveryMs = 5_000;

/** A page of the groups that are not released, of every sink, the oldest first. */
export function useGroups(filters: DeskFilters): Answer<GroupPage> {
  const { after, before, limit } = usePage(filters);
  return useRead('/api/batches', { unreleased: 'true', limit, after, before }, readGroups, { keep: true, everyMs: groupsEveryMs });
}

/** How many groups are not released. @param enabled whether whoever looks may see them. */
export function useGroupTotal(enabled: boolean): Answer<GroupPage> {
  return useRead('/api/batches', { unreleased: 'true', limit: '1' }, readGroups, { keep: true, everyMs: groupsEveryMs, enabled });
}

/** Orders to release groups. */
export function useReleases(): Answer<OfSinks<Release>> {
  return useRead('/api/release-orders', {}, readReleases, { keep: true, everyMs: groupsEveryMs });
}

/** What the filters select in all. */
export function useTotals(filters: DeskFilters): Answer<Totals> {
  const query = { ...queryOf(filters), state: filters.state ?? 'notClosed' };
  return useRead('/api/dead-letters/totals', query, readTotals, { keep: true });
}
