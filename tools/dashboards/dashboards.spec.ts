import { metricsOf } from '../alerts/rules.js';
import { isWritten, writtenMetrics } from '../alerts/written-metrics.js';
import { dashboards } from './dashboards.js';
import { grafanaDashboard } from './grafana.js';

interface Placed {
  readonly id: number;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

const metrics = writtenMetrics();
const all = dashboards.flatMap(({ name, panels }) =>
  panels.flatMap(({ title, queries }) => Object.entries(queries).map(([legend, expr]) => ({ where: `${name}: ${title}`, legend, expr }))),
);

it.each(all)('asks only for metrics that some service writes: $where, $legend', ({ expr }) => {
  const used = metricsOf(expr);
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((metric) => !isWritten(metric, metrics))).toEqual([]);
});

it('finds a metric that nobody writes', () => {
  expect(metricsOf('sum by (a) (rate(recon_open_itmes[$__rate_interval]))').filter((metric) => !isWritten(metric, metrics))).toEqual([
    'recon_open_itmes',
  ]);
});

it.each(all)('has a legend of labels that the query keeps: $where, $legend', ({ legend, expr }) => {
  const kept = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list]) => (list as string).split(/,\s*/));
  if (kept.length === 0) return; // labels of the metric itself
  for (const [, label] of legend.matchAll(/\{\{(\w+)\}\}/g)) expect([expr, kept]).toEqual([expr, expect.arrayContaining([label])]);
});

it.each(dashboards)('places the pictures of $name in a grid, none over another', (dashboard) => {
  const { panels } = grafanaDashboard(dashboard) as { panels: Placed[] };
  expect(panels.map(({ id }) => id)).toEqual(panels.map((_, index) => index + 1));
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
    expect(x + w).toBeLessThanOrEqual(24);
    return Array.from({ length: w * h }, (_, nr) => `${x + (nr % w)}/${y + Math.floor(nr / w)}`);
  });
  expect(new Set(cells).size).toBe(cells.length);
});

it('names each dashboard and each picture once, and says what each picture means', () => {
  const names = dashboards.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { panels } of dashboards) {
    const titles = panels.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(panels.filter(({ says }) => says.length < 8)).toEqual([]);
  }
});
