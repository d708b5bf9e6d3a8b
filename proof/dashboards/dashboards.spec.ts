import { fill, judgePanel } from './ask.js';
import type { AskRange } from './ask.js';
import { drawDashboard } from './draw.js';
import { readDashboards } from './panels.js';
import type { Dashboard, Panel } from './panels.js';
import { shownValue } from './units.js';

const panel = (title: string, more: Partial<Panel> = {}): Panel => ({
  title,
  type: 'timeseries',
  gridPos: { x: 0, y: 0, w: 12, h: 8 },
  fieldConfig: { defaults: { unit: 's' } },
  targets: [{ expr: 'rate(calls[$__rate_interval])', legendFormat: '{{target}} {{ answer }}' }],
  ...more,
});
const dashboard = (...panels: Panel[]): Dashboard => ({ uid: 'tributary-x', title: 'Ledgers & <more>', panels });
const answers: AskRange = (expression) =>
  Promise.resolve(
    expression === 'rate(calls[30s])'
      ? [
          {
            metric: { target: 'one', answer: 'posted' },
            values: [
              [10, '0.5'],
              [20, 'NaN'],
              [30, '1.5'],
            ],
          },
        ]
      : [],
  );

it('reads every dashboard of the chart', () => {
  expect([...readDashboards().keys()].sort()).toEqual(['door', 'ledgers', 'money', 'transport']);
});

it('asks as Grafana would, names each line by its legend, and leaves out what is no number', async () => {
  const [filled] = await fill(dashboard(panel('Calls')), answers, 0, 60);
  expect(filled?.series).toEqual([
    {
      legend: 'one posted',
      points: [
        [10, 0.5],
        [30, 1.5],
      ],
    },
  ]);
  expect(judgePanel(filled as never).isGood).toBe(true);
});

it('names the panel and the query that Prometheus does not understand', async () => {
  const refuses: AskRange = () => Promise.reject(new Error('parse error at char 3'));
  await expect(fill(dashboard(panel('Calls')), refuses, 0, 60)).rejects.toThrow(/Calls: rate\(calls\[\$__rate_interval]\): .*parse error/);
});

it('lets a panel be empty only for a reason', () => {
  const empty = (title: string): unknown => judgePanel({ panel: panel(title), series: [] }).isGood;
  expect([empty('Calls by answer'), empty('toString'), empty('Pauses')]).toEqual([false, false, true]);
});

it('draws numbers, lines and empty panels inside the frame, with texts that break no SVG', async () => {
  const number = panel('Now <b>', { type: 'stat', gridPos: { x: 12, y: 0, w: 6, h: 4 } });
  const long = panel('A title that is much longer than its panel', { type: 'stat', gridPos: { x: 18, y: 0, w: 6, h: 4 } });
  const nothing = panel('Empty', { gridPos: { x: 0, y: 8, w: 12, h: 8 }, targets: [{ expr: 'up', legendFormat: '' }] });
  const shown = dashboard(panel('Calls'), number, long, nothing);
  const svg = drawDashboard(shown, await fill(shown, answers, 0, 60), 'a day');
  expect(svg).toContain('Ledgers &amp; &lt;more&gt;');
  expect(svg).toContain('Now &lt;b&gt;');
  expect(svg).toContain('one posted, at most 1.5 s');
  expect(svg).toContain('nothing of this in the time shown');
  expect(svg).toContain('>A title that is much longer t\u2026<');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

it.each([
  [0.0042, 's', '4.2 ms'],
  [90, 's', '90 s'],
  [600, 's', '10 min'],
  [7_200, 's', '2 h'],
  [3_840_000, 's', '44.4 d'],
  [0, 's', '0 ms'],
  [0.25, 'percentunit', '25 %'],
  [209_715_200, 'bytes', '200 MiB'],
  [1_234_567, 'short', '1.2M'],
  [NaN, 's', '-'],
])('shows %p %s as %s', (value, unit, text) => expect(shownValue(value, unit)).toBe(text));
