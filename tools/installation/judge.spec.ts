import type { Finding } from './finding.js';
import { judgeGroups, judgeReleases, judgeService, judgeSubjects, judgeTopics } from './judge.js';
import type { ServiceAnswer } from './judge.js';

const codes = (findings: readonly Finding[]): string[] => findings.map(({ code, about }) => `${code} ${about}`);
const now = Date.UTC(2026, 10, 21);
const dayMs = 86_400_000;
const well: ServiceAnswer = {
  ...{ name: 'recon', url: 'http://recon', status: 200, problem: undefined, missing: [] },
  ...{ clockOffMs: 900, certificateEnds: undefined, release: '0.1.0' },
};

it.each([
  [{}, ['installation.passed recon']],
  [{ certificateEnds: now + 60 * dayMs }, ['installation.passed recon']],
  [{ status: undefined, problem: 'ECONNREFUSED' }, ['service.silent recon']],
  [{ status: 503, missing: ['kafka: no broker'] }, ['service.not-ready recon']],
  [{ clockOffMs: -61_000 }, ['service.clock-off recon']],
  [{ certificateEnds: now + 3 * dayMs, clockOffMs: 61_000 }, ['service.clock-off recon', 'certificate.ends recon']],
  [{ certificateEnds: 'CERT_HAS_EXPIRED', status: undefined }, ['certificate.refused recon']],
])('judges a service that answers %j', (change, expected) => {
  expect(codes(judgeService({ ...well, ...change }, now))).toEqual(expected);
});

it('judges topics by partitions, configuration and replicas, and asks for no more replicas than there are brokers', () => {
  const wanted = ['a', 'b', 'c', 'd'].map((name) => ({ name, partitions: 4, config: { 'retention.ms': '10' } }));
  const topic = { partitions: 4, replicas: 3, config: { 'retention.ms': '10' } };
  const actual = new Map([
    ['a', topic],
    ['b', { ...topic, partitions: 3 }],
    ['c', { ...topic, config: { 'retention.ms': '5' }, replicas: 1 }],
  ]);
  expect(codes(judgeTopics(wanted, actual, 3))).toEqual([
    'topic.partitions-differ b',
    'topic.config-differs c',
    'topic.few-replicas c',
    'topic.missing d',
  ]);
  expect(codes(judgeTopics(wanted.slice(0, 1), new Map([['a', { ...topic, replicas: 1 }]]), 1))).toEqual(['installation.passed topics']);
});

it('judges groups by members and lag', () => {
  const groups = ['a', 'b', 'c'].map((name) => ({ name, topics: [], ladder: false }));
  const facts = new Map([
    ['a', { members: 1, lag: 10_000n }],
    ['b', { members: 2, lag: 10_001n }],
  ]);
  expect(codes(judgeGroups(groups, facts))).toEqual(['group.behind b', 'group.idle c']);
});

it('judges subjects by schema and rule', () => {
  const subjects = [
    { name: 'a', has: 'yes', rule: 'FULL_TRANSITIVE' },
    { name: 'b', has: 'yes', rule: 'NONE' },
    { name: 'c', has: 'other', rule: undefined },
    { name: 'd', has: 'no-subject', rule: undefined },
  ] as const;
  expect(codes(judgeSubjects(subjects, 'FULL_TRANSITIVE'))).toEqual([
    'registry.rule-differs b',
    'registry.schema-missing c',
    'registry.rule-differs c',
    'registry.schema-missing d',
  ]);
});

it('compares the releases of those that tell theirs', () => {
  const answers = [
    { name: 'ingest', release: '0.2.0 0a1b2c3d' },
    { name: 'recon', release: '0.1.0' },
    { name: 'console', release: undefined },
  ];
  expect(judgeReleases(answers)).toMatchObject([
    { code: 'service.versions-differ', text: 'Different releases answer: 0.2.0 0a1b2c3d (ingest); 0.1.0 (recon).' },
  ]);
  expect(judgeReleases(answers.slice(1))).toEqual([]);
});

it('says once that configurations may not be read, and looks at the rest', () => {
  const wanted = ['a', 'b'].map((name) => ({ name, partitions: 4, config: { 'cleanup.policy': 'compact' } }));
  const actual = new Map([
    ['a', { partitions: 4, replicas: 1, config: undefined }],
    ['b', { partitions: 3, replicas: 1, config: undefined }],
  ]);
  expect(codes(judgeTopics(wanted, actual, 1))).toEqual(['topic.partitions-differ b', 'topic.config-unseen topics']);
});
