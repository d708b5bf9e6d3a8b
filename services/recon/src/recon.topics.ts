import { consumerGroups, topics } from '@tributary/contracts';

/** Consumer group of recon. */
export const reconGroup = 'tributary-recon';

/** Everything that the views are made of, recon's own dead letters among it. */
export function reconTopics(targets: readonly string[]): string[] {
  const deadLetters = consumerGroups({ targets }).flatMap(({ name, topics: read }) => read.map((topic) => topics.deadLetters(topic, name)));
  const postings = targets.map((target) => topics.postings(target));
  return [topics.stripeEvents, topics.pipeline, topics.ar, topics.erp, ...postings, ...deadLetters];
}
