import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import type { AuditVerificationView } from '@tributary/contracts';
import { Documented, RequirePermission } from '@tributary/platform';
import { CurrentCaller } from '../../shared/accept/current-caller.js';
import type { Caller } from '../../shared/decide/caller.js';
import { AuditVerifier } from '../emit/audit-verifier.js';

/** Verification of the audit trail: started, watched, and what the last one found. The HTTP contract is services/recon/README.md. */
@Controller('audit/verification')
@RequirePermission('audit.read')
export class AuditVerificationController {
  constructor(private readonly verifier: AuditVerifier) {}

  @Get()
  @Documented({ does: 'How far the verification of the audit trail is, and what the last one found.', answers: 'AuditVerificationView' })
  status(): Promise<AuditVerificationView> {
    return this.verifier.status();
  }

  /** 202: it runs, since now or since somebody else started it. */
  @Post()
  @HttpCode(202)
  @Documented({ does: 'Starts a verification of the audit trail.', answers: 'AuditVerificationView', command: 'audit verify' })
  start(@CurrentCaller() caller: Caller): Promise<AuditVerificationView> {
    return this.verifier.start(caller);
  }
}
