import type { InstallationFinding } from '@tributary/platform';
import { judgeReleases, judgeService } from './judge-services.js';
import type { ServiceAnswer } from './judge-services.js';

const codes = (findings: readonly InstallationFinding[]): string[] => findings.map(({ code, about }) => `${code} ${about}`);
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
  [{ clockOffMs: 150_000 }, ['service.clock-off recon']],
  [{ clockOffMs: -150_001 }, ['service.clock-off recon', 'clock.beyond-tolerance recon']],
  [{ certificateEnds: now + 3 * dayMs, clockOffMs: 61_000 }, ['service.clock-off recon', 'certificate.ends recon']],
  [{ certificateEnds: 'CERT_HAS_EXPIRED', status: undefined }, ['certificate.refused recon']],
])('judges a service that answers %j', (change, expected) => {
  expect(codes(judgeService({ ...well, ...change }, { now: () => now, toleranceMs: 300_000 }))).toEqual(expected);
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
