import { consumerGroups, topics } from '@tributary/contracts';

/** Consumer group of recon. */
export const reconGroup = 'tributary-recon';

/** All topics that the views are derived from, including recon's own dead letters. */
export function reconTopics(targets: readonly string[]): string[] {
  const deadLetters = consumerGroups({ targets }).flatMap(({ name, topics: read }) => read.map((topic) => topics.deadLetters(topic, name)));
  const postings = targets.map((target) => topics.postings(target));
  return [topics.stripeEvents, topics.pipeline, topics.ar, topics.erp, ...postings, ...deadLetters];
}
