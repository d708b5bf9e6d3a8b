import { Controller, Get, Inject } from '@nestjs/common';
import { Documented, RequirePermission } from '@tributary/platform';
import type { CompanyFormatView } from '@tributary/contracts';
import { ASSETS_DIR, readAssets } from '../../desk/emit/asset-reader.js';
import { LEDGER_CONNECTORS } from '../../reconciliation/emit/ledger-connectors.js';
import type { LedgerConnectors } from '../../reconciliation/emit/ledger-connectors.js';

/** GET /company-format: whose books these are, and how the company writes amounts and dates. The HTTP contract is services/recon/README.md. */
@Controller('company-format')
@RequirePermission('payments.read')
export class CompanyFormatController {
  constructor(
    @Inject(LEDGER_CONNECTORS) private readonly connectors: LedgerConnectors,
    @Inject(ASSETS_DIR) private readonly assetsDir: string | undefined,
  ) {}

  /**
   * Locale and zone of the first target whose profile says a locale; company, mode and posting zone of the first target. Null where nothing
   * says it, and while the assets cannot be read.
   */
  @Get()
  @Documented({ does: 'Whose books these are, and how amounts and dates are written there.', answers: 'CompanyFormatView' })
  format(): CompanyFormatView {
    const assets = readAssets(this.assetsDir);
    const formats = assets.ok ? [...this.connectors.keys()].flatMap((target) => assets.bundle.books.get(target)?.format ?? []) : [];
    const { locale = null, timeZone = null } = formats.find((format) => format.locale !== null) ?? {};
    const [first] = formats;
    return { locale, timeZone, company: first?.company ?? null, livemode: first?.livemode ?? null, ledgerZone: first?.timeZone ?? null };
  }
}
