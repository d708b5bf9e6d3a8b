import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { z } from 'zod';

const folder = 'deploy/helm/tributary/files/dashboards';

/** What is read of a dashboard as Grafana imports it. */
const dashboardShape = z.object({
  uid: z.string(),
  title: z.string(),
  panels: z.array(
    z.object({
      title: z.string(),
      type: z.enum(['stat', 'timeseries']),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      fieldConfig: z.object({ defaults: z.object({ unit: z.string() }) }),
      targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })),
    }),
  ),
});
export type Dashboard = z.infer<typeof dashboardShape>;
export type Panel = Dashboard['panels'][number];

/** The dashboards of the chart, by the name of their file. */
export function readDashboards(): ReadonlyMap<string, Dashboard> {
  const files = readdirSync(join(workspaceRoot, folder)).filter((file) => file.endsWith('.json'));
  return new Map(
    files.map((file) => [
      file.replace('.json', ''),
      dashboardShape.parse(JSON.parse(readFileSync(join(workspaceRoot, folder, file), 'utf8'))),
    ]),
  );
}
