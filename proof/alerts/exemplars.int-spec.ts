import { setTimeout as pause } from 'node:timers/promises';
import { eventBodies, paymentsOf } from '../walk/bodies.js';
import { SpanCollector } from '../walk/span-collector.js';
import { WalkSystem } from '../walk/walk-system.js';
import { findPrometheus, Prometheus, prometheusMissing } from './prometheus.js';
import type { Exemplar } from './prometheus.js';

/** From a duration in a real Prometheus to the trace of the payment that took it: services, broker and database are real, too. */
const path = findPrometheus(process.env);
if (path === undefined) process.stderr.write(`${prometheusMissing}\n`);
const withPrometheus = path === undefined ? describe.skip : describe;

withPrometheus('exemplars in Prometheus', () => {
  let [spans, system, prometheus]: [SpanCollector?, WalkSystem?, Prometheus?] = [];

  beforeAll(async () => {
    spans = await SpanCollector.start();
    system = await WalkSystem.start('exemplars', { spansTo: spans.endpoint });
    const addressOf = (service: 'ingest' | 'erp-sink'): string => `127.0.0.1:${system?.environmentOf(service).HTTP_PORT}`;
    prometheus = await Prometheus.start(path ?? '', { ingest: addressOf('ingest'), 'erp-sink': addressOf('erp-sink') });
    const payments = paymentsOf(eventBodies(), 'exemplar', 10);
    for (const body of payments) await system.deliverUntilAccepted(body);
    await system.quiet(payments.length);
  }, 300_000);
  afterAll(async () => {
    await prometheus?.stop();
    await system?.stop();
    await spans?.stop();
  }, 120_000);

  it('are scraped without an error', async () => {
    expect(
      await eventually(
        async () => (await prometheus?.scrapeErrors()) ?? {},
        (errors) => Object.keys(errors).length === 0,
      ),
    ).toEqual({});
  });

  it.each([
    ['ingest_publish_seconds_bucket', 'ingest'],
    ['erp_sink_call_seconds_bucket', 'erp-sink'],
  ])(
    'of %s lead to a trace from the webhook to the ERP',
    async (series, job) => {
      const found = await eventually(
        () => prometheus?.exemplars(series) ?? Promise.resolve<Exemplar[]>([]),
        (some) => some.length > 0,
      );
      expect(found.map(({ seriesLabels }) => seriesLabels.job)).toEqual(found.map(() => job));
      expect(found.every(({ value }) => value > 0 && value < 60)).toBe(true);
      expect(found.filter(({ traceId }) => !/^[0-9a-f]{32}$/.test(traceId))).toEqual([]);
      const whole = await eventually(
        () => Promise.resolve(found.map(({ traceId }) => spans?.servicesOf(traceId) ?? [])),
        (traces) => traces.every((services) => services.length >= 3),
      );
      for (const services of whole)
        expect(services).toEqual(expect.arrayContaining(['tributary-ingest', 'tributary-transform', 'tributary-erp-sink']));
    },
    120_000,
  );
});

/** Spans are sent, and services scraped, some seconds later. @returns the last look. */
async function eventually<Found>(look: () => Promise<Found>, isEnough: (found: Found) => boolean): Promise<Found> {
  for (const until = Date.now() + 60_000; ; await pause(500)) {
    const found = await look();
    if (isEnough(found) || Date.now() > until) return found;
  }
}
