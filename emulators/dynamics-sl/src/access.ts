import type { IncomingMessage } from 'node:http';
import { Refusal, Unauthorised } from './answers.js';
import type { EmulatorConfig } from './emulator.config.js';
import { same } from './data/rows.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/**
 * Login of the REST door: `Authorization: Basic`, or in older installations base64 of `APIKey,SecretKey` without a scheme; `SiteID`; `CpnyID`, which may be
 * left out: docs/reference/dynamics-sl.md section 2.1 [verified]. 401 for a wrong login and a wrong SiteID: assumed.
 * @returns the company.
 * @throws {Unauthorised} when the login is not known.
 */
export function restAccess(request: IncomingMessage, config: EmulatorConfig): string {
  const given = request.headers.authorization ?? '';
  const known = [`Basic ${base64(`${config.user}:${config.password}`)}`, base64(`${config.user},${config.password}`)];
  if (!known.includes(given)) throw new Unauthorised('Authorization has been denied for this request.');
  if (!same(request.headers.siteid, config.siteId))
    throw new Unauthorised(`SiteID '${String(request.headers.siteid ?? '')}' is not set up.`);
  return company(request.headers.cpnyid, config);
}

/** The header of the SOAP door. */
export type SoapHeader = Readonly<Record<string, unknown>>;

/**
 * Login of the SOAP door, `ctDynamicsSLHeader`: section 2.2 [verified]. That each of licenseKey, siteID, siteKey, apiUsername and apiPassword is
 * checked, and that a wrong one answers errorMessage, is assumed.
 * @returns the company.
 */
export function soapAccess(header: SoapHeader, config: EmulatorConfig): string {
  if (header.licenseKey !== config.licenceKey) throw new Refusal('License is not valid for this software.');
  if (!same(header.siteID, config.siteId) || header.siteKey !== config.siteKey) throw new Refusal('siteKey is invalid for this siteID.');
  if (header.apiUsername !== config.user || header.apiPassword !== config.password)
    throw new Refusal('User name or password is incorrect.');
  return company(header.cpnyID, config);
}

/** Without a company the site's default is used (section 2.1 [assumed]); another one is refused with errorMessage (assumed). */
function company(given: unknown, config: EmulatorConfig): string {
  if (given === undefined || given === '') return config.company;
  if (!same(given, config.company)) throw new Refusal(`Company '${String(given)}' does not exist.`);
  return config.company;
}
