import { RegistryClient } from '../contracts/registry-client.js';
import { compatibilityRule, subjectsFor } from '../contracts/register.js';
import { clockFinding, notingClock } from './clock.js';
import type { Clock } from './clock.js';
import { found } from './finding.js';
import type { Finding } from './finding.js';
import { judgeSubjects } from './judge.js';

/** Repeats while the registry starts. */
const deadlineMs = 10_000;
const lanes = 4;

/** Subjects of an installation beside those of this version, the mode of the registry, and its clock. @throws what the client throws. */
export async function examineRegistry(registryUrl: string, send: typeof fetch, targets: readonly string[], now: Clock): Promise<Finding[]> {
  const { send: noting, offMs } = notingClock(send, now);
  const client = new RegistryClient({ registryUrl, send: noting, deadlineMs, onWaiting: () => undefined });
  const readOnly = await client.isReadOnly();
  const subjects: Parameters<typeof judgeSubjects>[0][number][] = [];
  const queue = subjectsFor(targets);
  const lane = async (): Promise<void> => {
    for (let subject = queue.shift(); subject; subject = queue.shift()) {
      const has = await client.has(subject.name, subject.schema);
      subjects.push({ name: subject.name, has, rule: has === 'no-subject' ? undefined : await client.compatibilityOf(subject.name) });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return [
    ...(readOnly === true ? [found('registry.read-only', 'registry', `${registryUrl} is in read-only mode: it takes no schemas.`)] : []),
    ...clockFinding('registry', offMs()),
    ...judgeSubjects(
      subjects.sort((a, b) => (a.name < b.name ? -1 : 1)),
      compatibilityRule,
    ),
  ];
}
