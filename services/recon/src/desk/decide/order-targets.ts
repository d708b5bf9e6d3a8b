import { topics } from '@tributary/contracts';

/** The ledger that a dead letter is about; undefined: it is a fact or a raw event, which is about no single one. */
export function targetOfTopic(topic: string | null): string | undefined {
  if (topic === null) return undefined;
  const target = /^postings\.(.+)\.v\d+$/.exec(topic)?.[1];
  return target !== undefined && topics.postings(target) === topic ? target : undefined;
}
