import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ErpConnector } from '@tributary/connector-kit';
import { CompanyFormatController } from './company-format.controller.js';

const shipped = fileURLToPath(new URL('../../../../../assets', import.meta.url));
const ledgers = new Map([['kinetic-main', {} as ErpConnector]]);
const demo = { company: 'EPIC06', livemode: false, ledgerZone: 'America/New_York' };
const unsaid = { locale: null, timeZone: null, company: null, livemode: null, ledgerZone: null };

/** A copy of the shipped assets whose profile has one line more. */
function assetsWith(line: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'assets-'));
  cpSync(shipped, folder, { recursive: true });
  const profile = join(folder, 'epicor-kinetic/profiles/kinetic-main.yaml');
  writeFileSync(profile, `${readFileSync(profile, 'utf8')}\n${line}\n`);
  return folder;
}

it('is the locale and the time zone of the profile', () => {
  expect(new CompanyFormatController(ledgers, assetsWith('locale: de-DE')).format()).toEqual({
    ...{ locale: 'de-DE', timeZone: 'America/New_York' },
    ...demo,
  });
});

it.each([
  ['a profile without a locale', shipped],
  ['no assets', undefined],
  ['assets that are refused', assetsWith('locale: 12')],
])('is not said by %s', (_name, folder) => {
  const { locale, timeZone } = new CompanyFormatController(ledgers, folder).format();
  expect([locale, timeZone]).toEqual([null, null]);
});

it('names the company, its mode and the zone of its posting dates without a locale', () => {
  expect(new CompanyFormatController(ledgers, shipped).format()).toEqual({ ...unsaid, ...demo });
});

it('is not said for a ledger without a profile', () => {
  expect(new CompanyFormatController(new Map([['other', {} as ErpConnector]]), assetsWith('locale: de-DE')).format()).toEqual(unsaid);
});
