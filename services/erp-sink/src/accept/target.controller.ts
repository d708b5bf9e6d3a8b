import type { TargetCheckView, TargetView, TargetsView } from '@tributary/contracts';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, ServiceUnavailableException } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { PauseOrder } from '../emit/target-pauses.js';
import { bodyOf, nothing, withReason } from './release-bodies.js';
import { ServedLedgers } from './served-ledgers.js';
import type { ServedLedger } from './served-ledgers.js';

/** The targets that this process serves, and how they fare. A target that somebody has no role for is not there for them: 404. */
@Controller('targets')
@RequirePermission('ledger.read')
export class TargetController {
  constructor(@Inject(ServedLedgers) private readonly ledgers: ServedLedgers) {}

  @Get()
  @Documented({ does: 'The targets that this process serves, and how they fare.', answers: 'TargetsView' })
  async list(@CurrentIdentity() identity: Identity): Promise<TargetsView> {
    return {
      targets: await Promise.all(
        this.ledgers
          .seenBy(targetsFor(identity, 'ledger.read'))
          .all()
          .map(({ health }) => health.view()),
      ),
    };
  }

  /** Begins nothing new at the target, in any pod and after a restart, until it is resumed. 400: no `reason`. */
  @Post(':name/pause')
  @RequirePermission('targets.manage')
  @HttpCode(200)
  @Documented({
    does: 'Begins nothing new at the target until it is resumed.',
    answers: 'TargetView',
    body: withReason,
    command: 'targets pause',
    refuses: { 404: ['target.unknown'] },
  })
  pause(@CurrentIdentity() identity: Identity, @Param('name') name: string, @Body() body: unknown): Promise<TargetView> {
    return this.change(identity, name, body, ({ pauses }, order) => pauses.pause(order));
  }

  /** Works on with what waits: within ERP_PROBE_MAX_MS at the latest. 400: no `reason`. */
  @Post(':name/resume')
  @RequirePermission('targets.manage')
  @HttpCode(200)
  @Documented({
    does: 'Works on with what waits for the target.',
    answers: 'TargetView',
    body: withReason,
    command: 'targets resume',
    refuses: { 404: ['target.unknown'] },
  })
  resume(@CurrentIdentity() identity: Identity, @Param('name') name: string, @Body() body: unknown): Promise<TargetView> {
    return this.change(identity, name, body, ({ pauses }, order) => pauses.resume(order));
  }

  /** Looks at the target now, as erp-sink does when it starts (docs/target-findings.md). Stores nothing there. 503: it checks nothing. */
  @Post(':name/check')
  @RequirePermission('targets.manage')
  @HttpCode(200)
  @Documented({
    does: 'Looks at the target now; stores nothing there.',
    answers: 'TargetCheckView',
    body: nothing,
    command: 'targets check',
    asksOnly: true,
    refuses: { 404: ['target.unknown'] },
  })
  check(@CurrentIdentity() identity: Identity, @Param('name') name: string, @Body() body: unknown): Promise<TargetCheckView> {
    bodyOf(nothing, body ?? {});
    const { checks } = this.ledgers.seenBy(targetsFor(identity, 'targets.manage')).one(name);
    if (!checks) throw new ServiceUnavailableException('This erp-sink was started without a check of its target.');
    return checks.run(identity);
  }

  private async change(
    identity: Identity,
    name: string,
    body: unknown,
    change: (ledger: ServedLedger, order: PauseOrder) => Promise<void>,
  ): Promise<TargetView> {
    const { reason } = bodyOf(withReason, body);
    const ledger = this.ledgers.seenBy(targetsFor(identity, 'targets.manage')).one(name);
    await change(ledger, { who: identity, reason });
    return ledger.health.view();
  }
}
