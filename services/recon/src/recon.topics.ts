import { consumerGroups, topics } from '@tributary/contracts';

export const reconGroup = 'tributary-recon';

/** Everything that the views are made of. */
export function reconTopics(targets: readonly string[]): string[] {
  const deadLetters = consumerGroups({ targets })
    .filter(({ name }) => name !== reconGroup)
    .flatMap(({ name, topics: read }) => read.map((topic) => topics.deadLetters(topic, name)));
  return [topics.stripeEvents, topics.pipeline, topics.ar, topics.erp, ...deadLetters];
}
