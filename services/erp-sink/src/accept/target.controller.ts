import type { TargetView } from '@tributary/contracts';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, RequirePermission } from '@tributary/platform';
import type { PauseOrder } from '../emit/target-pauses.js';
import { bodyOf, withReason } from './release-bodies.js';
import { ServedLedgers } from './served-ledgers.js';
import type { ServedLedger } from './served-ledgers.js';

/** The targets that this process serves, and whether they are paused. A target that somebody has no role for is not there for them: 404. */
@Controller('targets')
@RequirePermission('ledger.read')
export class TargetController {
  constructor(@Inject(ServedLedgers) private readonly ledgers: ServedLedgers) {}

  @Get()
  async list(@CurrentIdentity() identity: Identity): Promise<{ targets: TargetView[] }> {
    return { targets: await Promise.all(this.ledgers.seenBy(targetsFor(identity, 'ledger.read')).all().map(viewOf)) };
  }

  /** Begins nothing new at the target, in any pod and after a restart, until it is resumed. 400: no `reason`. */
  @Post(':name/pause')
  @RequirePermission('targets.manage')
  @HttpCode(200)
  pause(@CurrentIdentity() identity: Identity, @Param('name') name: string, @Body() body: unknown): Promise<TargetView> {
    return this.change(identity, name, body, ({ pauses }, order) => pauses.pause(order));
  }

  /** Works on with what waits: within ERP_PROBE_MAX_MS at the latest. 400: no `reason`. */
  @Post(':name/resume')
  @RequirePermission('targets.manage')
  @HttpCode(200)
  resume(@CurrentIdentity() identity: Identity, @Param('name') name: string, @Body() body: unknown): Promise<TargetView> {
    return this.change(identity, name, body, ({ pauses }, order) => pauses.resume(order));
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
    return viewOf(ledger);
  }
}

async function viewOf({ target, pauses }: ServedLedger): Promise<TargetView> {
  return { target, paused: await pauses.current() };
}
