import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingLevels, judgeGroups, judgeService, judgeSubjects, judgeTopics } from './judge.js';
import type { Finding, ServiceAnswer } from './judge.js';

const codes = (findings: readonly Finding[]): string[] => findings.map(({ code, about }) => `${code} ${about}`);
const now = Date.UTC(2026, 10, 21);
const dayMs = 86_400_000;
const well: ServiceAnswer = {
  ...{ name: 'recon', url: 'http://recon', status: 200, problem: undefined, missing: [] },
  ...{ clockOffMs: 900, certificateEnds: undefined },
};

it('has a row in the runbook for every code', () => {
  const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbooks/installation.md'), 'utf8');
  const rows = [...runbook.matchAll(/^\| `([a-z.-]+)` +\| (\w+) /gm)].map(([, code, level]) => [code, level]);
  expect(Object.fromEntries(rows) as unknown).toEqual(findingLevels);
});

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
