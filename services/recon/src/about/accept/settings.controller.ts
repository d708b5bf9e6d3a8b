import { Controller, Get, Inject } from '@nestjs/common';
import type { ServiceSettingsView } from '@tributary/contracts';
import { Documented, RequirePermission } from '@tributary/platform';

/** Injection token: reads {@link ServiceSettingsView} as it is now. */
export const READ_SETTINGS = Symbol('READ_SETTINGS');

/** GET /service-settings: version, limits, and secrets by reference. The HTTP contract is services/recon/README.md. */
@Controller('service-settings')
@RequirePermission('people.manage', { target: () => '*' })
export class SettingsController {
  constructor(@Inject(READ_SETTINGS) private readonly read: () => ServiceSettingsView) {}

  @Get()
  @Documented({ does: 'Version, limits, and secrets by reference.', answers: 'ServiceSettingsView' })
  settings(): ServiceSettingsView {
    return this.read();
  }
}
