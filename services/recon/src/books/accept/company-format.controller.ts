import { Controller, Get, Inject } from '@nestjs/common';
import { RequirePermission } from '@tributary/platform';
import type { CompanyFormatView } from '@tributary/contracts';
import { ASSETS_DIR, readAssets } from '../../desk/emit/asset-reader.js';
import { LEDGER_CONNECTORS } from '../../reconciliation/emit/ledger-connectors.js';
import type { LedgerConnectors } from '../../reconciliation/emit/ledger-connectors.js';

/** GET /company-format: how the company writes amounts and dates. The HTTP contract is services/recon/README.md. */
@Controller('company-format')
@RequirePermission('payments.read')
export class CompanyFormatController {
  constructor(
    @Inject(LEDGER_CONNECTORS) private readonly connectors: LedgerConnectors,
    @Inject(ASSETS_DIR) private readonly assetsDir: string | undefined,
  ) {}

  /** That of the first target whose profile says a locale; all null where none does, and while the assets cannot be read. */
  @Get()
  format(): CompanyFormatView {
    const assets = readAssets(this.assetsDir);
    const formats = assets.ok ? [...this.connectors.keys()].map((target) => assets.bundle.books.get(target)?.format) : [];
    return formats.find((format) => format !== undefined && format.locale !== null) ?? { locale: null, timeZone: null };
  }
}
