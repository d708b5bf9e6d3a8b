import { topicCatalogue, topicsToMake } from '@tributary/contracts';
import type { KeptTopic } from '../decide/erasure-view.js';

/** The topics of an installation with how long their messages stay. Those of dead letters are one, and those of retries and replays. */
export function keptTopics(targets: readonly string[]): KeptTopic[] {
  const catalogue = new Set(topicCatalogue({ targets }).map(({ name }) => name));
  const found = topicsToMake({ targets }).map(({ name, config }): [string, KeptTopic] => {
    const shown = catalogue.has(name) ? name : name.endsWith('.dlq') ? 'dead letters' : 'retries and replays';
    const isCompacted = config['cleanup.policy'] === 'compact';
    return [shown, { name: shown, retentionMs: isCompacted ? undefined : Number(config['retention.ms']) }];
  });
  return [...new Map(found).values()];
}
