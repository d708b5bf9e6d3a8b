import { visibleText } from '../../format/text.js';
import type { OrderBody } from '../../orders/api.js';
import { instantOf } from '../../format/time.js';
import { hrefOf } from '../../shell/address.js';
import type { Cause } from './read-desk.js';

/** The lists of the desk, in the order of its tabs. */
export const deskViews = ['causes', 'sequences', 'letters', 'held', 'again', 'breaks', 'groups', 'orders'] as const;

/** One list of the desk. */
export type DeskView = (typeof deskViews)[number];

/** What dead letters are filtered by, with recon's names. */
export const letterFilters = [
  'cause',
  'group',
  'topic',
  'sequence',
  'eventType',
  'state',
  'held',
  'again',
  'currency',
  'assignee',
  'from',
  'to',
] as const;

/** Everything that an address of the desk has. */
export const deskSearch = ['view', ...letterFilters, 'action', 'by', 'of', 'after', 'before'] as const;

/** Filters of the desk; a filter that is not set is null. `of`: which breaks, which groups; `action`, `by`: of orders. */
export type DeskFilters = Readonly<Record<(typeof deskSearch)[number], string | null>>;

/** The filters that an address has. */
export function filtersOf(search: { readonly [name in keyof DeskFilters]?: string | undefined }): DeskFilters {
  return Object.fromEntries(deskSearch.map((name) => [name, search[name] ?? null])) as DeskFilters;
}

/** Filters that every list of letters has and the list of causes, or of sequences, has not. */
const ofCauses = ['cause', 'group', 'held'] as const;
const ofLettersOnly = ['sequence', 'again', 'currency'] as const;

/** Whether anything is filtered by. */
export const isNarrowed = (filters: DeskFilters): boolean => letterFilters.some((name) => filters[name] !== null);

/**
 * The list that is shown. An address that names none, or one that is not known, shows the causes; with a filter, the sequences. A list without a filter that
 * is set gives way to one that has it: what is said above a list is true of it.
 */
export function viewOf(filters: DeskFilters): DeskView {
  const named = deskViews.find((view) => view === filters.view) ?? (isNarrowed(filters) ? 'sequences' : 'causes');
  const isSet = (name: (typeof letterFilters)[number]): boolean => filters[name] !== null;
  if (named !== 'causes' && named !== 'sequences') return named;
  if (ofLettersOnly.some(isSet) || filters.state === 'closed') return 'letters';
  return letterFilters.some((name) => isSet(name) && !ofCauses.some((own) => own === name)) ? 'sequences' : named;
}

/** Causes that fit the filters: recon answers with all of them. */
export function causesThatFit(causes: readonly Cause[], { cause, group, held }: DeskFilters): Cause[] {
  return causes.filter(
    (one) =>
      (cause === null || one.cause === cause) && (group === null || one.group === group) && (held === null || String(one.held) === held),
  );
}

/** The address of the desk. */
export function deskHref(query: Readonly<Record<string, string | null | undefined>>): string {
  return hrefOf('/desk', query);
}

const labels: Readonly<Record<(typeof letterFilters)[number], string>> = {
  cause: 'Cause',
  group: 'Group',
  topic: 'Topic',
  sequence: 'Sequence',
  eventType: 'Event type',
  state: 'State',
  held: 'Held',
  again: 'Failed again',
  currency: 'Currency',
  assignee: 'Assigned to',
  from: 'From',
  to: 'Before',
};

/** The filters that are set, in words. */
export function filterTexts(filters: DeskFilters): { readonly name: (typeof letterFilters)[number]; readonly text: string }[] {
  return letterFilters.flatMap((name) => {
    const value = filters[name];
    if (value === null) return [];
    const shown = name === 'from' || name === 'to' ? instantOf(value) : visibleText(value, 60);
    return [{ name, text: `${labels[name]}: ${shown}` }];
  });
}

/** Filters of letters that are set, as recon takes them: none that is null. @param names those that the list has. */
export function queryOf(
  filters: DeskFilters,
  names: readonly (typeof letterFilters)[number][] = letterFilters,
): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => (filters[name] === null ? [] : [[name, filters[name]]])));
}

/**
 * What an order takes that is about everything that fits: recon takes truths there, and only what is open. undefined: nothing in particular is
 * filtered by, or it is by whose the letters are, which no order asks for.
 */
export function orderQueryOf(filters: DeskFilters): OrderBody['query'] {
  if (filters.assignee !== null) return undefined;
  const truth = (name: 'held' | 'again'): object => (filters[name] === null ? {} : { [name]: filters[name] === 'true' });
  const names = letterFilters.filter((name) => name !== 'state' && name !== 'held' && name !== 'again');
  const query = { ...queryOf(filters, names), ...truth('held'), ...truth('again') };
  return Object.keys(query).length === 0 ? undefined : query;
}
