import { topics } from '@tributary/contracts';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';

/** Selects dead letters; a letter has to match every given field. */
export interface DeadLetterFilter {
  readonly ids?: readonly string[] | undefined;
  /** Stable error code. */
  readonly cause?: string | undefined;
  readonly group?: string | undefined;
  /** Topic from which the message was read. */
  readonly topic?: string | undefined;
  readonly sequence?: string | undefined;
  /** Several sequences of the group and topic that stand beside it. */
  readonly sequences?: readonly string[] | undefined;
  readonly held?: boolean | undefined;
  readonly eventType?: string | undefined;
  readonly state?: 'open' | 'ordered' | 'closed' | 'notClosed' | undefined;
  readonly currency?: string | undefined;
  /** Subject of whoever looks after it; {@link nobody}: it is nobody's. */
  readonly assignee?: string | undefined;
  /** Whether its message was dead-lettered before, so that a replay failed. */
  readonly again?: boolean | undefined;
  /** Earliest time of dead-lettering, inclusive; ISO 8601. */
  readonly from?: string | undefined;
  /** Latest time of dead-lettering, exclusive; ISO 8601. */
  readonly to?: string | undefined;
}

/** The filter for letters that nobody looks after. */
export const nobody = 'nobody';

const failedBefore = `exists (select from recon.dead_letter b where b.result = 'dead-again' and b.consumer_group = l.consumer_group and b.source_topic = l.source_topic
  and b.source_partition = l.source_partition and b.source_offset = l.source_offset and b.source_offset >= 0 and b.dead_at < l.dead_at)`;
const assignment = 'select from recon.dead_letter_assignment a where a.letter_id = l.id';

/**
 * SQL condition over `recon.dead_letter l`, with its parameters. Column names are constants of this file; outside values are only
 * parameters.
 */
export function deadLetterCondition(filter: DeadLetterFilter): { readonly sql: string; readonly values: unknown[] } {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const add = (condition: (parameter: string) => string, value: unknown): void => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  add((one) => `l.id = any(${one}::text[])`, filter.ids);
  add((one) => `l.code = ${one}`, filter.cause);
  add((one) => `l.consumer_group = ${one}`, filter.group);
  add((one) => `l.source_topic = ${one}`, filter.topic);
  add((one) => `l.sequence = ${one}`, filter.sequence);
  add((one) => `l.sequence = any(${one}::text[])`, filter.sequences);
  add((one) => `l.held = ${one}`, filter.held);
  add((one) => `l.event_type = ${one}`, filter.eventType);
  if (filter.state === 'notClosed') conditions.push(`l.state <> 'closed'`);
  else add((one) => `l.state = ${one}`, filter.state);
  add((one) => `l.currency = ${one}`, filter.currency);
  if (filter.assignee === nobody) conditions.push(`not exists (${assignment})`);
  else add((one) => `exists (${assignment} and a.subject = ${one})`, filter.assignee);
  if (filter.again !== undefined) conditions.push(filter.again ? failedBefore : `not ${failedBefore}`);
  add((one) => `l.dead_at >= ${one}::timestamptz`, filter.from);
  add((one) => `l.dead_at < ${one}::timestamptz`, filter.to);
  return { sql: conditions.length === 0 ? 'true' : conditions.join(' and '), values };
}

/** SQL condition for messages of a topic that somebody may see: those of their targets, and those that are about no single target. */
export function visibleTopic(column: string, parameter: string): string {
  return `(${parameter}::text[] is null or ${column} is null or ${column} !~ '^postings\\..+\\.v[0-9]+$' or ${column} = any(${parameter}))`;
}

/** The parameter of {@link visibleTopic}. */
export function visibleTopics(visible: VisibleTargets): readonly string[] | null {
  return visible === '*' ? null : visible.map((target) => topics.postings(target));
}
