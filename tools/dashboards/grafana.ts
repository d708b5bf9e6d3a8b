import type { DashboardOf, PanelOf } from './dashboards.js';

/** Width of Grafana's grid, and of a picture: two or four stand beside each other. */
const gridWidth = 24;
const sizes = { lines: { w: 12, h: 8 }, number: { w: 6, h: 4 } } as const;
/** Version of the JSON that Grafana 10 and later read. */
const schemaVersion = 39;

const source = { type: 'prometheus', uid: '${datasource}' };
const letters = 'ABCDEFGH';

/** A dashboard as Grafana imports it: `job` and the data source are chosen above it, lines carry exemplars that lead to traces. */
export function grafanaDashboard({ name, title, panels }: DashboardOf): Record<string, unknown> {
  return {
    uid: `tributary-${name}`,
    title,
    tags: ['tributary'],
    editable: true,
    schemaVersion,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    templating: {
      list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', current: {}, hide: 0 }],
    },
    annotations: { list: [] },
    panels: placed(panels),
  };
}

/** Pictures from left to right, in a new row where one does not fit or is of another height. */
function placed(panels: readonly PanelOf[]): object[] {
  let [x, y, height] = [0, 0, 0];
  return panels.map((panel, index) => {
    const { w, h } = sizes[panel.kind];
    if (x + w > gridWidth || (height !== 0 && height !== h)) {
      y += height;
      x = 0;
    }
    height = h;
    const gridPos = { x, y, w, h };
    x += w;
    return grafanaPanel(panel, index + 1, gridPos);
  });
}

function grafanaPanel({ title, says, queries, unit, kind }: PanelOf, id: number, gridPos: object): object {
  return {
    id,
    title,
    description: says,
    type: kind === 'number' ? 'stat' : 'timeseries',
    datasource: source,
    gridPos,
    fieldConfig: { defaults: { unit, min: undefined }, overrides: [] },
    options:
      kind === 'number'
        ? { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'none' }
        : { legend: { displayMode: 'table', placement: 'bottom', calcs: ['max', 'lastNotNull'] }, tooltip: { mode: 'multi' } },
    targets: Object.entries(queries).map(([legend, expr], index) => ({
      refId: letters[index],
      datasource: source,
      expr,
      legendFormat: legend === '' ? title : legend,
      exemplar: kind === 'lines' && expr.startsWith('histogram_quantile'),
      instant: kind === 'number',
      range: kind === 'lines',
    })),
  };
}
