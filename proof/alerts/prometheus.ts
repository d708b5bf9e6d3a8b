import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Child, freePorts } from '@tributary/local-stack';
import { stringify } from 'yaml';

/** How to get it, for whoever has none. */
export const prometheusMissing =
  'Prometheus is missing here, so nothing is asked of it (Debian: apt-get install prometheus). PROMETHEUS_PATH names it; beside PROMTOOL_PATH it is found by itself.';
const readyWithinMs = 60_000;

/** The server; undefined where there is none. */
export function findPrometheus({ PROMETHEUS_PATH, PROMTOOL_PATH }: NodeJS.ProcessEnv): string | undefined {
  const beside = PROMTOOL_PATH === undefined ? 'prometheus' : join(dirname(PROMTOOL_PATH), 'prometheus');
  const path = PROMETHEUS_PATH ?? beside;
  return spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0 ? path : undefined;
}

/** An exemplar as Prometheus keeps it. */
export interface Exemplar {
  readonly seriesLabels: Readonly<Record<string, string>>;
  readonly traceId: string;
  /** What the bucket was given. */
  readonly value: number;
}

/** A Prometheus of its own that scrapes services every second and keeps exemplars. */
export class Prometheus {
  private constructor(
    private readonly child: Child,
    private readonly url: string,
    private readonly folder: string,
  ) {}

  /** @param path of the program. @param jobs address (`host:port`) of each service's metrics. @throws when it is not ready in time. */
  static async start(path: string, jobs: Readonly<Record<string, string>>): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
    const [port = 0] = await freePorts(1);
    const scrapes = Object.entries(jobs).map(([job, target]) => ({ job_name: job, static_configs: [{ targets: [target] }] }));
    writeFileSync(join(folder, 'prometheus.yml'), stringify({ global: { scrape_interval: '1s' }, scrape_configs: scrapes }));
    const child = await Child.start({
      name: 'prometheus',
      command: path,
      args: [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--enable-feature=exemplar-storage',
      ],
      cwd: folder,
      env: { PATH: process.env.PATH },
      logFile: join(folder, 'prometheus.log'),
    });
    const started = new Prometheus(child, `http://127.0.0.1:${port}`, folder);
    try {
      await child.readyWhen(() => started.isReady(), readyWithinMs);
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  async stop(): Promise<void> {
    await this.child.kill9();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Exemplars of a series of the last hour. */
  async exemplars(series: string): Promise<Exemplar[]> {
    const now = Date.now() / 1_000;
    const query = new URLSearchParams({ query: series, start: String(now - 3_600), end: String(now + 60) });
    const { data } = await this.get<ExemplarAnswer>(`/api/v1/query_exemplars?${query}`);
    return data.flatMap(({ seriesLabels, exemplars }) =>
      exemplars.map(({ labels, value }) => ({ seriesLabels, traceId: labels.trace_id ?? '', value: Number(value) })),
    );
  }

  /** What a query has been over a time, in seconds since 1970. @throws {Error} with what Prometheus says of a query that it does not understand. */
  async range(query: string, fromS: number, toS: number, stepS: number): Promise<RangeAnswer['data']['result']> {
    const asked = new URLSearchParams({ query, start: String(fromS), end: String(toS), step: String(stepS) });
    return (await this.get<RangeAnswer>(`/api/v1/query_range?${asked}`)).data.result;
  }

  /** Why a scrape fails, by job; empty when all succeed. */
  async scrapeErrors(): Promise<Readonly<Record<string, string>>> {
    const { data } = await this.get<TargetsAnswer>('/api/v1/targets?state=active');
    const failing = data.activeTargets.filter(({ health }) => health !== 'up');
    return Object.fromEntries(failing.map(({ labels, lastError, health }) => [labels.job ?? '', lastError || health]));
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/-/ready`)).ok;
    } catch {
      return false;
    }
  }

  private async get<Answer>(path: string): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`);
    if (!response.ok) throw new Error(`Prometheus answers ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}

interface ExemplarAnswer {
  readonly data: readonly {
    readonly seriesLabels: Readonly<Record<string, string>>;
    readonly exemplars: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: string }[];
  }[];
}
interface RangeAnswer {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly values: readonly (readonly [number, string])[];
    }[];
  };
}
interface TargetsAnswer {
  readonly data: {
    readonly activeTargets: readonly {
      readonly labels: Readonly<Record<string, string>>;
      readonly lastError: string;
      readonly health: string;
    }[];
  };
}
