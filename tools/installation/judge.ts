import type { ConsumerGroup, TopicToMake } from '@tributary/contracts';
import { found } from './finding.js';
import type { Finding } from './finding.js';

/** What a service answered. */
export interface ServiceAnswer {
  readonly name: string;
  readonly url: string;
  /** Undefined: no answer, and `problem` says why. */
  readonly status: number | undefined;
  readonly problem: string | undefined;
  /** Names of what is missing, as `/ready` says them, with what it says. */
  readonly missing: readonly string[];
  /** Its clock less ours, ms; undefined where it told none. */
  readonly clockOffMs: number | undefined;
  /** Release and commit of what runs there; undefined where it does not tell. */
  readonly release: string | undefined;
  /** When its certificate ends, ms since 1970; undefined: no TLS. A text: why the certificate is refused. */
  readonly certificateEnds: number | string | undefined;
}

/** A topic as the brokers have it. */
export interface TopicFacts {
  readonly partitions: number;
  readonly replicas: number;
  /** Undefined where it may not be read. */
  readonly config: Readonly<Record<string, string>> | undefined;
}

/** A group as the brokers have it. */
export interface GroupFacts {
  readonly members: number;
  readonly lag: bigint;
  /** Why it could not be looked at. */
  readonly problem?: string;
}

/** A Date header has whole seconds, and the answer was on its way. */
export const clockWithinMs = 5_000;
const certificateWarnsMs = 14 * 24 * 3_600_000;
/** As the alert TributaryLag. */
const mostLag = 10_000n;

/** What is wrong with a service; one finding that it passed when nothing is. @param now ms since 1970. */
export function judgeService({ name, url, status, problem, missing, clockOffMs, certificateEnds }: ServiceAnswer, now: number): Finding[] {
  if (typeof certificateEnds === 'string')
    return [found('certificate.refused', name, `The certificate of ${url} is refused: ${certificateEnds}.`)];
  if (status === undefined) return [found('service.silent', name, `${url} does not answer: ${problem ?? 'no reason is known'}.`)];
  const days = certificateEnds === undefined ? undefined : Math.floor((certificateEnds - now) / 86_400_000);
  const findings = [
    ...(status === 200 ? [] : [found('service.not-ready', name, `It is not ready: ${missing.join('; ') || `HTTP ${status}`}.`)]),
    ...(clockOffMs === undefined || Math.abs(clockOffMs) <= clockWithinMs
      ? []
      : [found('service.clock-off', name, `Its clock differs from the one here by ${Math.round(clockOffMs / 1_000)} s.`)]),
    ...(certificateEnds === undefined || certificateEnds - now > certificateWarnsMs
      ? []
      : [found('certificate.ends', name, `Its certificate ends in ${days} days, at ${new Date(certificateEnds).toISOString()}.`)]),
  ];
  return findings.length > 0 ? findings : [found('installation.passed', name, 'It is ready, and its clock is right.')];
}

/** Whether the services are of one release. What does not tell its release is not compared. */
export function judgeReleases(answers: readonly Pick<ServiceAnswer, 'name' | 'release'>[]): Finding[] {
  const byRelease = new Map<string, string[]>();
  for (const { name, release } of answers) if (release !== undefined) byRelease.set(release, [...(byRelease.get(release) ?? []), name]);
  if (byRelease.size < 2) return [];
  const parts = [...byRelease].map(([release, names]) => `${release} (${names.join(', ')})`);
  return [found('service.versions-differ', 'services', `Different releases answer: ${parts.join('; ')}.`)];
}

/** Topics beside the catalogue. @param brokers how many there are. */
export function judgeTopics(wanted: readonly TopicToMake[], actual: ReadonlyMap<string, TopicFacts>, brokers: number): Finding[] {
  const findings = wanted.flatMap(({ name, partitions, config }) => {
    const topic = actual.get(name);
    if (!topic) return [found('topic.missing', name, 'The topic is not there.')];
    const differing = Object.entries(config).filter(([key, value]) => (topic.config?.[key] ?? value) !== value);
    return [
      ...(topic.partitions === partitions
        ? []
        : [found('topic.partitions-differ', name, `It has ${topic.partitions} partitions; the catalogue says ${partitions}.`)]),
      ...differing.map(([key, value]) =>
        found('topic.config-differs', name, `${key} is ${topic.config?.[key] ?? ''}; the catalogue says ${value}.`),
      ),
      ...(topic.replicas < Math.min(3, brokers)
        ? [found('topic.few-replicas', name, `It has ${topic.replicas} replicas on ${brokers} brokers.`)]
        : []),
    ];
  });
  const unseen = wanted.filter(({ name }) => actual.has(name) && actual.get(name)?.config === undefined);
  if (unseen.length > 0)
    findings.push(
      found('topic.config-unseen', 'topics', `Retention and compaction of ${unseen.length} topics may not be read by this user.`),
    );
  return findings.length > 0 ? findings : [found('installation.passed', 'topics', `All ${wanted.length} are as the catalogue says.`)];
}

/** Groups and how far they are behind. */
export function judgeGroups(groups: readonly ConsumerGroup[], actual: ReadonlyMap<string, GroupFacts>): Finding[] {
  const findings = groups.flatMap(({ name }) => {
    const { members = 0, lag = 0n, problem } = actual.get(name) ?? {};
    if (problem !== undefined) return [found('brokers.right-missing', name, `The group may not be looked at: ${problem}.`)];
    return [
      ...(members > 0 ? [] : [found('group.idle', name, `Nobody is in the group; ${lag} messages wait.`)]),
      ...(members > 0 && lag > mostLag ? [found('group.behind', name, `It is ${lag} messages behind.`)] : []),
    ];
  });
  return findings.length > 0 ? findings : [found('installation.passed', 'groups', `All ${groups.length} have members and are not behind.`)];
}

const missingText = {
  other: 'Other schemas are registered, and not the one of this version.',
  'no-subject': 'The schema of this version is not registered.',
};

/** Subjects of the registry. @param rule what each should have. */
export function judgeSubjects(
  subjects: readonly { readonly name: string; readonly rule: string | undefined; readonly has: 'yes' | 'other' | 'no-subject' }[],
  rule: string,
): Finding[] {
  const findings = subjects.flatMap((subject) => [
    ...(subject.has === 'yes' ? [] : [found('registry.schema-missing', subject.name, missingText[subject.has])]),
    ...(subject.has === 'no-subject' || subject.rule === rule
      ? []
      : [found('registry.rule-differs', subject.name, `Its compatibility rule is ${subject.rule ?? 'not set'}; it should be ${rule}.`)]),
  ]);
  return findings.length > 0
    ? findings
    : [found('installation.passed', 'registry', `All ${subjects.length} subjects have schema and rule.`)];
}
