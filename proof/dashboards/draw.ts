import type { FilledPanel, Series } from './ask.js';
import type { Dashboard, Panel } from './panels.js';
import { shownValue } from './units.js';

const unitPx = { x: 40, y: 30 } as const;
const gap = 10;
const top = 34;
const colours = ['#0a58ca', '#9a6700', '#1a7f37', '#8250df', '#cf222e', '#57606a', '#0f766e', '#bc4c00'];
/** Lines of a legend; more are counted. */
const mostLegends = 5;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const text = (x: number, y: number, shown: string, more = ''): string => `<text x="${x}" y="${y}" ${more}>${escaped(shown)}</text>`;

/** Width of a letter of a title on average, pixels. */
const letterPx = 7;
/** A text that is cut where it would leave its panel. */
const fitted = (shown: string, widthPx: number): string =>
  shown.length * letterPx <= widthPx ? shown : `${shown.slice(0, Math.floor(widthPx / letterPx) - 1)}\u2026`;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A dashboard with its figures as an SVG: the same panels at the same places as in Grafana, in plain lines. @param caption where the figures are from. */
export function drawDashboard({ title }: Dashboard, panels: readonly FilledPanel[], caption: string): string {
  const rows = Math.max(...panels.map(({ panel: { gridPos } }) => gridPos.y + gridPos.h));
  const [width, height] = [24 * unitPx.x, top + rows * unitPx.y + gap];
  const drawn = panels.map((filled) => {
    const { x, y, w, h } = filled.panel.gridPos;
    return drawPanel(filled, { x: x * unitPx.x + gap / 2, y: top + y * unitPx.y, w: w * unitPx.x - gap, h: h * unitPx.y - gap });
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d" font-family="system-ui, -apple-system, sans-serif" font-size="12">`,
    `<title id="t">${escaped(title)}</title><desc id="d">${escaped(caption)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#f6f8fa"/>`,
    text(gap, 22, title, 'font-size="16" font-weight="600" fill="#1f2328"'),
    text(width - gap, 22, caption, 'text-anchor="end" fill="#57606a"'),
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

function drawPanel({ panel, series }: FilledPanel, box: Box): string {
  const { unit } = panel.fieldConfig.defaults;
  const frame = `<rect x="${box.x}" y="${box.y}" width="${box.w}" height="${box.h}" rx="4" fill="#fff" stroke="#d0d7de"/>`;
  const name = text(box.x + gap, box.y + 18, fitted(panel.title, box.w - 2 * gap), 'font-weight="600" fill="#1f2328"');
  const nothing = text(box.x + gap, box.y + 42, 'nothing of this in the time shown', 'fill="#57606a"');
  const content = series.length === 0 ? nothing : panel.type === 'stat' ? drawNumbers(panel, series, box) : drawLines(series, unit, box);
  return `<g>${frame}${name}${content}</g>`;
}

function drawNumbers({ title, fieldConfig }: Panel, series: readonly Series[], { x, y, w }: Box): string {
  const { unit } = fieldConfig.defaults;
  const shown = series.slice(0, mostLegends);
  return shown
    .map(({ legend, points }, row) => {
      const at = y + 40 + (row * 62) / Math.max(3, shown.length);
      const value = text(
        x + w - gap,
        at,
        shownValue(points.at(-1)?.[1] ?? NaN, unit),
        'text-anchor="end" font-weight="600" fill="#0a58ca"',
      );
      return `${text(x + gap, at, legend === title ? '' : legend, 'fill="#57606a"')}${value}`;
    })
    .join('');
}

function drawLines(series: readonly Series[], unit: string, { x, y, w, h }: Box): string {
  const legends = series.slice(0, mostLegends);
  const plot = { x: x + 64, y: y + 30, w: w - 64 - gap, h: h - 44 - (legends.length + Number(series.length > mostLegends)) * 15 };
  const values = series.flatMap(({ points }) => points.map(([, value]) => value));
  const times = series.flatMap(({ points }) => points.map(([at]) => at));
  const [low, high] = [Math.min(0, ...values), Math.max(...values)];
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const px = (at: number): string => (plot.x + ((at - from) / Math.max(1, to - from)) * plot.w).toFixed(1);
  const py = (value: number): string => (plot.y + plot.h - ((value - low) / (high - low || 1)) * plot.h).toFixed(1);
  const axis = [high, low].map(
    (value) =>
      `<line x1="${plot.x}" x2="${plot.x + plot.w}" y1="${py(value)}" y2="${py(value)}" stroke="#d0d7de"/>${text(plot.x - 6, Number(py(value)) + 4, shownValue(value, unit), 'text-anchor="end" fill="#57606a"')}`,
  );
  const lines = series.map(({ points }, index) => {
    const path = points.map(([at, value]) => `${px(at)},${py(value)}`).join(' ');
    return `<polyline points="${path}" fill="none" stroke="${colours[index % colours.length]}" stroke-width="1.5"/>`;
  });
  const under = plot.y + plot.h + 18;
  const told = legends.map(({ legend, points }, row) => {
    const most = shownValue(Math.max(...points.map(([, value]) => value)), unit);
    const mark = `<rect x="${plot.x}" y="${under + row * 15 - 8}" width="10" height="3" fill="${colours[row % colours.length]}"/>`;
    return `${mark}${text(plot.x + 16, under + row * 15, `${legend}, at most ${most}`, 'fill="#57606a"')}`;
  });
  if (series.length > mostLegends)
    told.push(text(plot.x + 16, under + mostLegends * 15, `and ${series.length - mostLegends} more`, 'fill="#57606a"'));
  return [...axis, ...lines, ...told].join('');
}
