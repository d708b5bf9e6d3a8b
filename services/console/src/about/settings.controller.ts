import { createReadStream } from 'node:fs';
import { Controller, Get, Inject, NotFoundException, StreamableFile } from '@nestjs/common';
import type { ConsoleSettingsView } from '@tributary/contracts';
import { Documented, RequirePermission } from '@tributary/platform';

/** Injection token: {@link ConsoleAbout}. */
export const CONSOLE_ABOUT = Symbol('CONSOLE_ABOUT');

/** What the console tells about itself. */
export interface ConsoleAbout {
  readonly read: () => ConsoleSettingsView;
  /** File with the bill of materials. */
  readonly billOfMaterials: string | undefined;
}

/** GET /service-settings: roles and what each may do, limits, secrets by reference, version; and the bill of materials. */
@Controller('service-settings')
@RequirePermission('people.manage', { target: () => '*' })
export class ConsoleSettingsController {
  constructor(@Inject(CONSOLE_ABOUT) private readonly about: ConsoleAbout) {}

  @Get()
  @Documented({ does: 'Version, limits, secrets by reference, and what each role may do.', answers: 'ConsoleSettingsView' })
  settings(): ConsoleSettingsView {
    return this.about.read();
  }

  @Get('sbom.cdx.json')
  @Documented({ does: 'The bill of materials of this build.', answers: 'json-file', refuses: { 404: ['sbom.unknown'] } })
  billOfMaterials(): StreamableFile {
    const path = this.about.billOfMaterials;
    if (path === undefined)
      throw new NotFoundException({
        error: 'sbom.unknown',
        message: 'No bill of materials is beside this build. Make it: npm run -s sbom',
      });
    return new StreamableFile(createReadStream(path), { type: 'application/json', disposition: 'attachment; filename="sbom.cdx.json"' });
  }
}
