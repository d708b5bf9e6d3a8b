import { cannotBeKnown, finding, passed } from '@tributary/connector-kit';
import type { ErpFinding } from '@tributary/connector-kit';
import { metricsRegistry } from '@tributary/platform';
import { nextCheckMs, reportFindings, TargetCheck } from './target-check.js';

const right = finding('check.right-missing', 'right', 'Erp.BO.CashRecSvc may not be read.', 'Add the service to the access scope.');
const clock = finding('check.clock-off', 'clock', 'The clock is an hour off.');
const all = [passed('login', 'in'), right, clock, cannotBeKnown('zone', 'The zone', 'it does not tell')];

function logged() {
  const lines: string[] = [];
  const write = (level: string) => (first: unknown, text?: string) =>
    void lines.push(`${level} ${typeof first === 'string' ? first : `${JSON.stringify(first)} ${text}`}`);
  return { lines, log: { info: write('info'), warn: write('warn'), error: write('error') } };
}

it('names what is missing with its code and what to do, and counts by level', async () => {
  const { lines, log } = logged();
  reportFindings('kinetic-main', all, log);
  expect(lines).toEqual([
    'error {"code":"check.right-missing","fix":"Add the service to the access scope."} check of kinetic-main: Erp.BO.CashRecSvc may not be read.',
    `warn {"code":"check.clock-off","fix":"${clock.fix}"} check of kinetic-main: The clock is an hour off.`,
    'info check of kinetic-main: 1 missing, 1 warning, 1 unknown, 1 ok (docs/target-findings.md)',
  ]);
  const metric = await metricsRegistry.getSingleMetricAsString('erp_sink_target_findings');
  expect(metric).toContain('erp_sink_target_findings{target="kinetic-main",level="missing"} 1');
});

it('looks again soon while something is missing, and daily otherwise', () => {
  expect(nextCheckMs(all)).toBe(600_000);
  expect(nextCheckMs([clock])).toBe(86_400_000);
});

it('runs one check at a time, and keeps what the last one found', async () => {
  let checks = 0;
  let answer: (findings: readonly ErpFinding[]) => void = () => undefined;
  const check = new TargetCheck(
    'kinetic-main',
    () => {
      checks += 1;
      return new Promise((resolve) => (answer = resolve));
    },
    logged().log,
  );
  expect(check.last).toBeUndefined();
  const [first, second] = [check.run(), check.run()];
  answer(all);
  expect((await first).findings).toEqual(all);
  expect(await second).toEqual(await first);
  expect(check.last).toEqual(await first);
  expect(checks).toBe(1);
  void check.run();
  expect(checks).toBe(2);
});

it('gives up when its time is over', async () => {
  const check = new TargetCheck(
    'kinetic-main',
    (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve([clock]))),
    logged().log,
  );
  expect((await check.run(20)).findings).toEqual([clock]);
});

it('says nothing any more once it is stopped', async () => {
  const { lines, log } = logged();
  let answer: (findings: readonly ErpFinding[]) => void = () => undefined;
  let given: AbortSignal | undefined;
  const check = new TargetCheck(
    'kinetic-main',
    (signal) => {
      given = signal;
      return new Promise((resolve) => (answer = resolve));
    },
    log,
  );
  const started = check.start();
  check.stop();
  expect(given?.aborted).toBe(true);
  answer(all);
  await started;
  expect(lines).toEqual([]);
});
