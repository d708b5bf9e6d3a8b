import type { InstallationFinding } from '@tributary/platform';
import { judgeGroups, judgeTopics } from './judge-kafka.js';
import { judgeModes, judgeSubjects } from './judge-registry.js';

const codes = (findings: readonly InstallationFinding[]): string[] => findings.map(({ code, about }) => `${code} ${about}`);

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

it('says once that configurations may not be read, and looks at the rest', () => {
  const wanted = ['a', 'b'].map((name) => ({ name, partitions: 4, config: { 'cleanup.policy': 'compact' } }));
  const actual = new Map([
    ['a', { partitions: 4, replicas: 1, config: undefined }],
    ['b', { partitions: 3, replicas: 1, config: undefined }],
  ]);
  expect(codes(judgeTopics(wanted, actual, 1))).toEqual(['topic.partitions-differ b', 'topic.config-unseen topics']);
});

describe('modes of the registry', () => {
  const subjects = (...modes: (string | undefined)[]) =>
    modes.map((mode, index) => ({ name: `s${index}`, has: 'no-subject' as const, rule: undefined, mode }));

  it.each([
    ['READONLY', ['READONLY', 'READONLY'], ['registry.read-only registry']],
    ['READONLY_OVERRIDE', ['READONLY_OVERRIDE', 'READONLY_OVERRIDE'], ['registry.read-only registry']],
    ['IMPORT', ['IMPORT', 'IMPORT'], ['registry.other-mode registry']],
    ['READONLY', ['READONLY', 'READWRITE'], ['registry.read-only s0']],
    ['READWRITE', ['READWRITE', 'IMPORT', 'READONLY'], ['registry.other-mode s1', 'registry.read-only s2']],
    ['READWRITE', ['READWRITE', undefined], []],
    [undefined, [undefined, undefined], []],
  ])('of %s, and %j of subjects: %j', (global, modes, expected) => {
    expect(codes(judgeModes(subjects(...modes), global))).toEqual(expected);
  });

  it('say what they take, and of what they are', () => {
    const texts = judgeModes(subjects('READWRITE', 'IMPORT', 'READONLY'), 'READWRITE').map(({ text }) => text);
    expect(texts).toEqual([
      'The registry is in mode IMPORT for subject s1: it takes schemas with an id of their own only.',
      'The registry is in mode READONLY for subject s2: it takes no schemas.',
    ]);
  });
});
