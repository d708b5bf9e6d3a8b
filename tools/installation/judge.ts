import type { ConsumerGroup, TopicToMake } from '@tributary/contracts';

/** What a finding means for the installation. */
export type Level = 'ok' | 'warning' | 'missing';

/** Every kind of finding. Published: scripts key on them. docs/runbooks/installation.md says what to do about each. */
export const findingLevels = {
  'installation.passed': 'ok',
  'service.silent': 'missing',
  'service.not-ready': 'missing',
  'service.clock-off': 'warning',
  'certificate.ends': 'warning',
  'certificate.refused': 'missing',
  'brokers.silent': 'missing',
  'topic.missing': 'missing',
  'topic.partitions-differ': 'missing',
  'topic.config-differs': 'warning',
  'topic.few-replicas': 'warning',
  'group.idle': 'warning',
  'group.behind': 'warning',
  'registry.silent': 'missing',
  'registry.rule-differs': 'missing',
  'registry.schema-missing': 'missing',
} as const satisfies Readonly<Record<string, Level>>;

/** Code of a finding. */
export type InstallationCode = keyof typeof findingLevels;

/** One result. */
export interface Finding {
  readonly code: InstallationCode;
  readonly level: Level;
  /** Service, topic, group or subject. */
  readonly about: string;
  /** One sentence. */
  readonly text: string;
}

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
  /** When its certificate ends, ms since 1970; undefined: no TLS. A text: why the certificate is refused. */
  readonly certificateEnds: number | string | undefined;
}

/** A topic as the brokers have it. */
export interface TopicFacts {
  readonly partitions: number;
  readonly replicas: number;
  readonly config: Readonly<Record<string, string>>;
}

/** A group as the brokers have it. */
export interface GroupFacts {
  readonly members: number;
  readonly lag: bigint;
}

/** A Date header has whole seconds, and the answer was on its way. */
const clockWithinMs = 5_000;
const certificateWarnsMs = 14 * 24 * 3_600_000;
/** As the alert TributaryLag. */
const mostLag = 10_000n;

/** A finding of a code. */
export function found(code: InstallationCode, about: string, text: string): Finding {
  return { code, level: findingLevels[code], about, text };
}

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

/** Topics beside the catalogue. @param brokers how many there are. */
export function judgeTopics(wanted: readonly TopicToMake[], actual: ReadonlyMap<string, TopicFacts>, brokers: number): Finding[] {
  const findings = wanted.flatMap(({ name, partitions, config }) => {
    const topic = actual.get(name);
    if (!topic) return [found('topic.missing', name, 'The topic is not there.')];
    const differing = Object.entries(config).filter(([key, value]) => topic.config[key] !== undefined && topic.config[key] !== value);
    return [
      ...(topic.partitions === partitions
        ? []
        : [found('topic.partitions-differ', name, `It has ${topic.partitions} partitions; the catalogue says ${partitions}.`)]),
      ...differing.map(([key, value]) =>
        found('topic.config-differs', name, `${key} is ${topic.config[key] ?? ''}; the catalogue says ${value}.`),
      ),
      ...(topic.replicas < Math.min(3, brokers)
        ? [found('topic.few-replicas', name, `It has ${topic.replicas} replicas on ${brokers} brokers.`)]
        : []),
    ];
  });
  return findings.length > 0 ? findings : [found('installation.passed', 'topics', `All ${wanted.length} are as the catalogue says.`)];
}

/** Groups and how far they are behind. */
export function judgeGroups(groups: readonly ConsumerGroup[], actual: ReadonlyMap<string, GroupFacts>): Finding[] {
  const findings = groups.flatMap(({ name }) => {
    const { members = 0, lag = 0n } = actual.get(name) ?? {};
    return [
      ...(members > 0 ? [] : [found('group.idle', name, `Nobody is in the group; ${lag} messages wait.`)]),
      ...(members > 0 && lag > mostLag ? [found('group.behind', name, `It is ${lag} messages behind.`)] : []),
    ];
  });
  return findings.length > 0 ? findings : [found('installation.passed', 'groups', `All ${groups.length} have members and are not behind.`)];
}

/** Subjects of the registry. @param rule what each should have. */
export function judgeSubjects(
  subjects: readonly { readonly name: string; readonly rule: string | undefined; readonly has: 'yes' | 'other' | 'no-subject' }[],
  rule: string,
): Finding[] {
  const findings = subjects.flatMap((subject) => [
    ...(subject.has === 'yes' ? [] : [found('registry.schema-missing', subject.name, 'The schema of this version is not registered.')]),
    ...(subject.has === 'no-subject' || subject.rule === rule
      ? []
      : [found('registry.rule-differs', subject.name, `Its compatibility rule is ${subject.rule ?? 'not set'}; it should be ${rule}.`)]),
  ]);
  return findings.length > 0
    ? findings
    : [found('installation.passed', 'registry', `All ${subjects.length} subjects have schema and rule.`)];
}
