import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { HealthProbe, LogLevelAudit } from '@tributary/platform';
import { HealthModule, LOG_LEVEL_AUDIT, LogLevelController, OPENAPI_SERVICE, OpenApiController, serviceFetchOf } from '@tributary/platform';
import { consoleAbout } from './about/console-about.js';
import { CONSOLE_ABOUT, ConsoleSettingsController } from './about/settings.controller.js';
import { ApiController } from './accept/api.controller.js';
import { ApiOrderController } from './accept/api-order.controller.js';
import { SinkLists } from './accept/sink-lists.js';
import { SINKS, sinksOf } from './accept/sinks.js';
import { CALLER, RECON } from './accept/upstream.js';
import type { Caller, Recon } from './accept/upstream.js';
import type { ConsoleConfig } from './console.config.js';
import { callerBy, nobodyInParticular } from './identity/accept/caller.js';
import { IdentityModule } from './identity/identity.module.js';
import type { IdentityParts } from './identity/identity.module.js';

const callTimeoutMs = 30_000; // longer than the 15 s between two keep-alive comments on /feed
/** Without identity there is no outbox, and everybody is the person at this machine. */
const nobodyToTell: LogLevelAudit = { service: 'console', record: () => Promise.resolve() };

@Module({})
export class ConsoleModule {
  /** @param identity what the console knows people with; undefined: it serves this machine alone. @param ready what it needs beside that. */
  static for(config: ConsoleConfig, identity?: IdentityParts, ready: readonly HealthProbe[] = []): DynamicModule {
    const recon: Recon = {
      url: config.RECON_URL.replace(/\/$/, ''),
      fetch: serviceFetchOf(config, config.RECON_URL, callTimeoutMs),
    };
    const caller: Caller = identity ? callerBy(identity.gate, identity.authority.signer) : nobodyInParticular;
    return {
      module: ConsoleModule,
      imports: [HealthModule.registerAsync({ inject: [], useFactory: () => ({ ready }) }), IdentityModule.for(identity)],
      controllers: [ApiController, ApiOrderController, ConsoleSettingsController, LogLevelController, OpenApiController],
      providers: [
        { provide: OPENAPI_SERVICE, useValue: 'console' },
        { provide: RECON, useValue: recon },
        { provide: LOG_LEVEL_AUDIT, useValue: identity?.logLevelAudit ?? nobodyToTell },
        { provide: CALLER, useValue: caller },
        { provide: CONSOLE_ABOUT, useValue: consoleAbout(config, identity !== undefined, new Date().toISOString()) },
        { provide: SINKS, useValue: sinksOf(config, callTimeoutMs) },
        SinkLists,
      ],
    };
  }
}
