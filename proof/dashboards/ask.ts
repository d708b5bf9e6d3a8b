import type { Dashboard, Panel } from './panels.js';

/** One line of a panel: its legend, and its values by time. */
export interface Series {
  readonly legend: string;
  /** [s since 1970, value]; one of them for a number of now. */
  readonly points: readonly (readonly [number, number])[];
}

/** What a Prometheus answers to a range of time. */
export type AskRange = (
  expression: string,
  fromS: number,
  toS: number,
  stepS: number,
) => Promise<readonly { readonly metric: Readonly<Record<string, string>>; readonly values: readonly (readonly [number, string])[] }[]>;

/** A panel with what its queries found. */
export interface FilledPanel {
  readonly panel: Panel;
  readonly series: readonly Series[];
}

/** Grafana puts in at least four scrapes for it. */
const rateInterval = '30s';
/** Points of a line. */
const points = 120;

/**
 * Asks all queries of a dashboard over a span of time, as Grafana would.
 * @throws {Error} with panel and query for one that Prometheus does not understand.
 */
export async function fill({ panels, title }: Dashboard, ask: AskRange, fromS: number, toS: number): Promise<FilledPanel[]> {
  const stepS = Math.max(1, Math.ceil((toS - fromS) / points));
  const filled: FilledPanel[] = [];
  for (const panel of panels) {
    const series: Series[] = [];
    for (const { expr, legendFormat } of panel.targets) {
      const found = await ask(expr.replaceAll('$__rate_interval', rateInterval), fromS, toS, stepS).catch((error: unknown) => {
        throw new Error(`${title}, ${panel.title}: ${expr}: ${String(error)}`);
      });
      for (const { metric, values } of found) {
        const legend = legendFormat.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => metric[label] ?? '');
        series.push({
          legend,
          points: values.map(([at, value]) => [at, Number(value)] as const).filter(([, value]) => Number.isFinite(value)),
        });
      }
    }
    filled.push({ panel, series: series.filter((one) => one.points.length > 0) });
  }
  return filled;
}

/** What a panel shows only when something is wrong or somebody does something unusual: it may be empty after all scenarios without it. */
const onlyWhen: Readonly<Record<string, string>> = {
  'Movements in suspense': 'a movement that no row of movements.csv knows',
  Notifications: 'a route that is configured',
  'Card numbers that were masked': 'somebody types a card number into a text field',
  Batches: 'a batch was released',
  Pauses: 'a target does not answer',
  'Money in dead letters': 'something fails for good',
  Retries: 'something fails and is tried again',
  'Dead letters': 'something fails for good',
  'Another API version': 'an endpoint with another version',
  'Writes without an answer': 'a write without an answer',
  Producers: 'a connection to the broker breaks',
};

/** Whether a panel shows what it should: something, or nothing for a reason. */
export function judgePanel({ panel, series }: FilledPanel): { readonly isGood: boolean; readonly text: string } {
  if (series.length > 0) return { isGood: true, text: `${panel.title}: ${series.length} series` };
  const reason = Object.hasOwn(onlyWhen, panel.title) ? onlyWhen[panel.title] : undefined;
  return reason === undefined
    ? { isGood: false, text: `${panel.title}: empty after all scenarios` }
    : { isGood: true, text: `${panel.title}: empty, as long as there is not this: ${reason}` };
}
