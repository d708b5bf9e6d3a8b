import type { DynamicModule } from '@nestjs/common';
import { Controller, Get, Headers, Inject, Module, Res } from '@nestjs/common';
import type { HealthCheckResult, HealthIndicatorResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { HealthCheck, HealthCheckService, HealthIndicatorService, TerminusModule } from '@nestjs/terminus';
import { Public } from './identity/permission.decorators.js';
import { allMetrics } from './metrics.js';
import type { MetricsAnswer } from './metrics.js';
import { workerGroup } from './workers/worker-group.js';

/** One thing that a service needs. Resolves to undefined when it is there, to a sentence when it is not. */
export interface HealthProbe {
  readonly name: string;
  /** Name under which answers showed this probe before; still shown beside the current one. */
  readonly formerName?: string;
  check(): Promise<string | undefined> | string | undefined;
}

/** Which probes decide about readiness and liveness. */
export interface HealthOptions {
  /** Needed to work: not ready without them. */
  readonly ready: readonly HealthProbe[];
  /** Broken for good: the process should be restarted. Usually none. */
  readonly live?: readonly HealthProbe[];
}

/** Injection token of the probes. */
export const HEALTH_PROBES = Symbol('HealthProbes');

/** `/live`: restart me when this fails. `/ready`: send me work while this is well. `/startup`: I have come up once. */
@Controller()
@Public('probes and scrapers have no identity; HEALTH_PORT keeps them apart')
export class HealthController {
  private startedUp = false;

  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(HEALTH_PROBES) private readonly probes: HealthOptions,
  ) {
    workerGroup?.answers('ready', async () => Promise.all(this.probes.ready.map(problemOf)));
  }

  @Get('live')
  @HealthCheck()
  live(): Promise<HealthCheckResult> {
    return this.health.check((this.probes.live ?? []).map((probe) => async () => this.indicate(probe, await problemOf(probe))));
  }

  @Get('ready')
  @HealthCheck()
  async ready(): Promise<HealthCheckResult> {
    const problems = await readyProblems(this.probes.ready);
    const result = await this.health.check(this.probes.ready.map((probe, index) => () => this.indicate(probe, problems[index])));
    this.startedUp = true;
    return result;
  }

  @Get('startup')
  @HealthCheck()
  startup(): Promise<HealthCheckResult> {
    return this.startedUp ? this.health.check([]) : this.ready();
  }

  @Get('metrics')
  async metricsAsText(@Headers('accept') accept: string | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { type, body } = await this.metrics(accept);
    reply.type(type);
    return body;
  }

  /** What a scraper gets. @param accept the header of that name. */
  metrics(accept: string | undefined): Promise<MetricsAnswer> {
    return allMetrics(accept);
  }

  private indicate(probe: HealthProbe, problem: string | undefined): HealthIndicatorResult {
    const names = probe.formerName === undefined ? [probe.name] : [probe.name, probe.formerName];
    const results = names.map((name): HealthIndicatorResult => {
      const indicator = this.indicators.check(name);
      return problem === undefined ? indicator.up() : indicator.down(problem);
    });
    return Object.assign({}, ...results) as HealthIndicatorResult;
  }
}

/** What is missing, by probe: in a service with workers, what any of them misses. */
async function readyProblems(probes: readonly HealthProbe[]): Promise<readonly (string | undefined)[]> {
  const workers = workerGroup ? await workerGroup.ask('ready') : [await Promise.all(probes.map(problemOf))];
  return probes.map((_, index) => {
    if (!workers) return 'the workers could not be asked';
    const silent = workers.some((problems) => problems === undefined);
    return silent ? 'a worker does not answer' : workers.map((problems) => (problems as (string | undefined)[])[index]).find(Boolean);
  });
}

async function problemOf(probe: HealthProbe): Promise<string | undefined> {
  try {
    return await probe.check();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** GET /live, /ready, /startup and /metrics. */
@Module({})
export class HealthModule {
  /** @param useFactory makes the probes from what is injected; they are asked at every request, so keep them cheap. */
  static registerAsync(options: {
    inject: unknown[];
    useFactory: (...injected: never[]) => HealthOptions;
    imports?: DynamicModule['imports'];
  }): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false }), ...(options.imports ?? [])],
      controllers: [HealthController],
      providers: [{ provide: HEALTH_PROBES, inject: options.inject as never[], useFactory: options.useFactory }],
    };
  }
}
