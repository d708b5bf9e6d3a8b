import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AuditReporter } from '@tributary/persistence';
import { AUTHENTICATOR } from '@tributary/platform';
import type { LogLevelAudit } from '@tributary/platform';
import { ColleagueController } from './accept/colleague.controller.js';
import { IDENTITY_SETTINGS } from './accept/identity-settings.js';
import type { IdentitySettings } from './accept/identity-settings.js';
import { NoIdentityController } from './accept/no-identity.controller.js';
import { OidcController } from './accept/oidc.controller.js';
import { OwnSessionsController } from './accept/own-sessions.controller.js';
import { PeopleController } from './accept/people.controller.js';
import { RevocationController } from './accept/revocation.controller.js';
import { SessionController } from './accept/session.controller.js';
import { SessionGate } from './accept/session.gate.js';
import { SignInController } from './accept/sign-in.controller.js';
import { TokenController } from './accept/token.controller.js';
import { IdentityAuthority } from './emit/identity-authority.js';

/** What the console knows people with. */
export interface IdentityParts {
  readonly authority: IdentityAuthority;
  readonly gate: SessionGate;
  readonly settings: IdentitySettings;
  /** Sends what people do here to the audit trail. */
  readonly reporter: AuditReporter;
  /** Reports there that somebody changes the level of the console's log. */
  readonly logLevelAudit: LogLevelAudit;
}

/** Everything below /identity. */
@Module({})
export class IdentityModule {
  /** @param parts undefined: no identity is configured. */
  static for(parts: IdentityParts | undefined): DynamicModule {
    if (!parts) return { module: IdentityModule, controllers: [NoIdentityController] };
    return {
      module: IdentityModule,
      controllers: [
        SignInController,
        SessionController,
        OwnSessionsController,
        OidcController,
        PeopleController,
        ColleagueController,
        TokenController,
        RevocationController,
      ],
      providers: [
        { provide: IdentityAuthority, useValue: parts.authority },
        { provide: SessionGate, useValue: parts.gate },
        { provide: AUTHENTICATOR, useValue: parts.gate },
        { provide: IDENTITY_SETTINGS, useValue: parts.settings },
        { provide: AuditReporter, useFactory: () => parts.reporter },
      ],
      exports: [SessionGate, IdentityAuthority],
    };
  }
}
