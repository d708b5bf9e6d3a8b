import type { SlConfig } from '../sl.config.js';
import type { SlRow, SlValue } from '../sl-values.js';
import type { SlFilter, SlScreen } from './door.js';

/** Namespace of the web layer's services. Source: docs/reference/dynamics-sl.md section 2.2. */
export const slNamespace = 'http://www.catalinatechnology.com/services/ctDynamicsSL';

/** The body of `editScreen`. */
export function editScreenBody(action: string, screen: SlScreen): string {
  return `<editScreen xmlns="${slNamespace}">${element('actionType', action)}<inScreen>${screenXml(screen)}</inScreen></editScreen>`;
}

/** The body of `getQuery`. */
export function queryBody(view: string, filters: readonly SlFilter[]): string {
  const conditions = filters.map(
    ({ name, value, comparisonType = '=' }) =>
      `<queryFilter>${element('name', name)}${element('value', value)}${element('comparisonType', comparisonType)}</queryFilter>`,
  );
  return `<getQuery xmlns="${slNamespace}">${element('queryName', view)}<filters>${conditions.join('')}</filters></getQuery>`;
}

/** A whole message: the header with the credentials, and the body. */
export function envelope(config: SlConfig, body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header>${header(config)}</soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

/** Source: docs/reference/dynamics-sl.md section 2.2 (ctDynamicsSLHeader). */
function header({ licence, siteId, siteKey, user, password, company }: SlConfig): string {
  const values: readonly (readonly [string, string])[] = [
    ['licenseKey', licence.key],
    ['licenseName', licence.name],
    ['licenseExpiration', licence.expiration],
    ['softwareName', 'CTAPI'],
    ['siteID', siteId],
    ['siteKey', siteKey],
    ['userName', user],
    ['cpnyID', company],
    ['apiUsername', user],
    ['apiPassword', password],
  ];
  return `<ctDynamicsSLHeader xmlns="${slNamespace}">${values.map(([name, value]) => element(name, value)).join('')}</ctDynamicsSLHeader>`;
}

/** Lists are elements of the name of their table: `<myARTran><ARTran>...</ARTran></myARTran>`. */
function screenXml(screen: SlScreen): string {
  return Object.entries(screen)
    .map(([name, value]) =>
      typeof value === 'string' ? element(name, value) : `<${name}>${partXml(name.replace(/^my/, ''), value)}</${name}>`,
    )
    .join('');
}

function partXml(table: string, value: SlRow | readonly SlRow[]): string {
  if (!Array.isArray(value)) return rowXml(value as SlRow);
  return value.map((row: SlRow) => `<${table}>${rowXml(row)}</${table}>`).join('');
}

function rowXml(row: SlRow): string {
  return Object.entries(row)
    .map(([name, value]) => element(name, value))
    .join('');
}

function element(name: string, value: SlValue): string {
  if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new RangeError(`"${name.slice(0, 40)}" is no name of an element`);
  return value === null ? '' : `<${name}>${escaped(String(value))}</${name}>`;
}

/** Characters that XML 1.0 cannot hold, not even escaped, are left out. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
