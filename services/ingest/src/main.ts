import { KafkaPublisher } from '@tributary/messaging';
import { answerHeadersOf, createLogger, kafkaConnectionOf, listenOn, requestLogName, runService } from '@tributary/platform';
import { loadIngestConfig, shareOfWorker, summariseIngestConfig } from './ingest.config.js';
import { IngestModule } from './ingest.module.js';
import { prepareDirectReceiving } from './raw-bodies.js';

/** Bytes of a record beside its body: headers and key. */
const headerRoomBytes = 65_536;

await runService(() => {
  const whole = loadIngestConfig(process.env);
  const config = shareOfWorker(whole);
  const logger = createLogger('ingest', config.LOG_LEVEL);
  const requestLog = logger.child({ context: requestLogName });
  const http = listenOn(config);
  const connection = kafkaConnectionOf(config, 'ingest', logger);
  return {
    name: 'ingest',
    http: { ...http, allowedHosts: 'any' },
    identity: config,
    otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    configuration: summariseIngestConfig(whole),
    workers: config.INGEST_WORKERS,
    bodyLimit: config.INGEST_BODY_LIMIT_BYTES,
    module: () => {
      const publisher = new KafkaPublisher({
        ...connection,
        maxMessageBytes: config.INGEST_BODY_LIMIT_BYTES + headerRoomBytes,
        maxQueuedBytes: config.INGEST_MAX_IN_FLIGHT_BYTES,
      });
      return IngestModule.for({ config, logger, publisher });
    },
    prepare: (app) =>
      prepareDirectReceiving(app, config, {
        headers: answerHeadersOf(http.overTls ?? false),
        isEachRequestLogged: () => requestLog.isLevelEnabled('debug'),
      }),
  };
});
