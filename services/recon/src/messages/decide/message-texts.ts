import { topicCatalogue, topics } from '@tributary/contracts';
import type { ConsumerGroupView } from '@tributary/contracts';

const dayMs = 86_400_000;

/** Why a record is not there any more, with how long its topic keeps records. */
export function goneText(topic: string, targets: readonly string[]): string {
  const days = Math.round((topicCatalogue({ targets }).find(({ name }) => name === topic)?.retentionMs ?? -1) / dayMs);
  const rule = days > 0 ? `${topic} keeps its records for ${days} days` : `${topic} keeps the newest record of each key`;
  return `The record is no longer kept: ${rule} (docs/retention.md). Ids, times and results stay, and so does what was made of it.`;
}

/** What the members of a group do, in words. */
export function workOf(group: string): string {
  const sink = /^tributary-sink-(.+)$/.exec(group)?.[1];
  if (sink !== undefined) return `Posts documents to ${sink}`;
  return works[group] ?? 'Reads topics';
}

const works: Readonly<Record<string, string>> = {
  'tributary-translate': "Makes canonical facts of Stripe's events",
  'tributary-route': 'Decides which documents each fact needs',
  'tributary-recon': 'Keeps what the console shows',
};

/** What the lag of a group means now. */
export function lagMeaning(lag: bigint, members: number): string {
  if (members === 0)
    return lag === 0n
      ? 'Nobody is in this group now, and nothing waits for it.'
      : `Nobody is in this group, and ${messages(lag)} for it: start its service.`;
  return lag === 0n ? 'Up to date.' : `Behind: ${messages(lag)} or being worked on. It should fall; if it grows, see docs/capacity.md.`;
}

const messages = (lag: bigint): string => (lag === 1n ? '1 message waits' : `${lag} messages wait`);

/** A group that the brokers say nothing of. */
export function groupWithoutAnswer(group: string, problem: string): ConsumerGroupView {
  const refused = /authoriz/i.test(problem);
  return {
    ...{ group, does: workOf(group), lag: null, members: null, topics: [] },
    meaning: refused
      ? 'recon may not ask for this group: grant it Describe (tributary acls --apply, docs/acls.md).'
      : 'The brokers did not say how far this group is.',
    problem,
  };
}

/** The target whose group this is; undefined for groups that work for all. */
export const targetOfGroup = (group: string): string | undefined => /^tributary-sink-(.+)$/.exec(group)?.[1];

/** The topic of a request, by its target. */
export const requestTopic = (target: string): string => topics.postings(target);
