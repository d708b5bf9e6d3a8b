import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { authorizedFetch, createEgressFetch, HealthModule } from '@tributary/platform';
import type { TokenSource } from '@tributary/platform';
import { ApiController, RECON } from './accept/api.controller.js';
import type { Recon } from './accept/api.controller.js';
import type { ConsoleConfig } from './console.config.js';

const callTimeoutMs = 30_000; // longer than the 15 s between two keep-alive comments on /feed

@Module({})
export class ConsoleModule {
  /** @param tokens say to recon that the console asks, where it asks for nobody else. */
  static for(config: ConsoleConfig, tokens?: TokenSource): DynamicModule {
    const recon: Recon = {
      url: config.RECON_URL.replace(/\/$/, ''),
      fetch: authorizedFetch(createEgressFetch({ allow: [config.RECON_URL], allowInternal: true, timeoutMs: callTimeoutMs }), tokens),
    };
    return {
      module: ConsoleModule,
      imports: [HealthModule.registerAsync({ inject: [], useFactory: () => ({ ready: [] }) })],
      controllers: [ApiController],
      providers: [{ provide: RECON, useValue: recon }],
    };
  }
}
