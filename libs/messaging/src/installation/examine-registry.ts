import { clockFindings, found, notingClock } from '@tributary/platform';
import type { ClockHere, InstallationFinding } from '@tributary/platform';
import { judgeModes, judgeSubjects } from './judge-registry.js';
import type { SubjectFacts } from './judge-registry.js';
import { RegistryClient } from './registry-client.js';
import { compatibilityRule, subjectsFor } from './registry-subjects.js';

/** Repeats while the registry starts. */
const deadlineMs = 10_000;
const lanes = 4;

/** Subjects of an installation beside those of this version, the modes of the registry, and its clock. @throws what the client throws. */
export async function examineRegistry(
  registryUrl: string,
  send: typeof fetch,
  targets: readonly string[],
  here: ClockHere,
): Promise<InstallationFinding[]> {
  const { send: noting, offMs } = notingClock(send, here);
  const client = new RegistryClient({ registryUrl, send: noting, deadlineMs, onWaiting: () => undefined });
  const [readOnly, global] = [await client.isReadOnly(), await client.globalMode()];
  const subjects: SubjectFacts[] = [];
  const queue = subjectsFor(targets);
  const lane = async (): Promise<void> => {
    for (let subject = queue.shift(); subject; subject = queue.shift()) {
      const has = await client.has(subject.name, subject.schema);
      const rule = has === 'no-subject' ? undefined : await client.compatibilityOf(subject.name);
      const mode = global === undefined ? undefined : await client.modeOf(subject.name);
      subjects.push({ name: subject.name, has, rule, mode });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  subjects.sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    ...(readOnly === true ? [found('registry.read-only', 'registry', `${registryUrl} is in read-only mode: it takes no schemas.`)] : []),
    ...judgeModes(subjects, global),
    ...clockFindings('registry', offMs(), here),
    ...judgeSubjects(subjects, compatibilityRule),
  ];
}
