import type { IsWithdrawn } from '@tributary/identity';
import { listenOn, listOf, summariseConfig } from '@tributary/platform';
import type { ServiceOptions } from '@tributary/platform';
import { erpSinkEnvironment } from './erp-sink.config.js';
import { LedgerHttpModule } from './ledger-http.module.js';
import { TargetSink } from './target-sink.js';
import type { SinkOf } from './target-sink.js';

/** Connections to PostgreSQL of a process, divided between its targets. */
const poolSize = 20;
/** A ledger needs one for its lock, and some for statements side by side. */
const leastPoolSize = 6;

/** The process, for runService: one sink for each of its targets, each on its own, and HTTP for all of them. @param served one at least. */
export function erpSinkService(served: readonly SinkOf[]): ServiceOptions {
  const [first] = served;
  if (!first) throw new RangeError('erp-sink: there is no target to serve');
  const { config } = first; // what the process has once, all targets have alike
  const isAlone = served.length === 1;
  const sinks = served.map(
    (one, index) =>
      new TargetSink(one, {
        clientId: isAlone ? 'erp-sink' : `erp-sink-${one.config.ERP_TARGET}`,
        poolSize: Math.max(leastPoolSize, Math.ceil(poolSize / served.length)),
        encryptsStored: index === 0,
      }),
  );
  return {
    name: 'erp-sink',
    http: { ...listenOn(config), allowedHosts: listOf(config.HTTP_ALLOWED_HOSTS) },
    identity: config,
    otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    configuration: isAlone
      ? summariseConfig(erpSinkEnvironment, config)
      : Object.fromEntries(served.map((one) => [one.config.ERP_TARGET, summariseConfig(erpSinkEnvironment, one.config)])),
    module: async ({ tokens, revocations }) => {
      const isWithdrawn: IsWithdrawn = (whose) => revocations?.isWithdrawn(whose) ?? false;
      for (const sink of sinks) await sink.create(tokens, isWithdrawn); // one after the other: Nest has one logger
      return LedgerHttpModule.for(sinks);
    },
    // Each sink starts when its own ledger is ready: one that is being rebuilt keeps no other waiting.
    beforeTransports: async (_app, signal) => {
      await Promise.all(sinks.map((sink) => sink.start(signal)));
    },
    onDrained: async () => {
      const closed = await Promise.allSettled(sinks.map((sink) => sink.close()));
      for (const one of closed) if (one.status === 'rejected') throw one.reason;
    },
  };
}
