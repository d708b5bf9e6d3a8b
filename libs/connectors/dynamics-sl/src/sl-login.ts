import { finding, passed } from '@tributary/connector-kit';
import type { ErpFinding } from '@tributary/connector-kit';
import { equal } from './documents/screened.js';
import { services } from './doors/door.js';
import type { SlClient } from './sl-client.js';
import { views } from './sl-client.js';
import { outcomeOf, SlNotSetUpError, SlRefusedError, SlSilentError } from './sl-errors.js';

const licence = /licen[cs]e/i;

/** Whether the web layer is there, takes the login and has the company. Without that every other question has the same answer. */
export async function loginFinding(client: SlClient, signal: AbortSignal): Promise<ErpFinding> {
  try {
    // Asks for the door of every service, too: where swagger is not served and none is named, nothing else can be checked.
    for (const service of services) await client.doorOf(service, signal);
    await client.rows('Batch', [equal('Module', 'AR'), equal('BatNbr', '0')], signal);
    return passed('login', `The web layer takes the login for the company ${client.config.company}.`);
  } catch (error) {
    if (error instanceof SlNotSetUpError) return doorsFinding(client, error, signal);
    if (error instanceof SlSilentError) return silentFinding(error, client);
    if (!(error instanceof SlRefusedError)) throw error;
    return refusalFinding(error, client);
  }
}

function refusalFinding(error: SlRefusedError, { config }: SlClient): ErpFinding {
  const { message, text, status } = error;
  if (outcomeOf(error, { retryMs: 0 }).kind === 'unauthorised')
    return licence.test(text)
      ? finding(
          'check.no-licence',
          'login',
          message,
          'Renew the licence of the web layer; check SL_LICENCE_KEY, SL_LICENCE_NAME and SL_LICENCE_EXPIRATION.',
        )
      : finding('check.login-refused', 'login', message, 'Check SL_USER and SL_PASSWORD, SL_SITE_ID, and the licence of the web layer.');
  if (status === 404 || status === 405) return noWebLayer(noSite(config.url, message));
  if (/company/i.test(text)) return finding('check.company-unusable', 'record', message, 'Check SL_COMPANY.');
  if (/invalid object name/i.test(text))
    return finding('check.service-missing', 'service', message, `Install the view ${views.Batch} (README of the connector).`);
  if (status >= 500) return finding('check.not-checked', 'service', message);
  return finding(
    'check.right-missing',
    'right',
    message,
    `Check SL_COMPANY, and install the view ${views.Batch} (README of the connector).`,
  );
}

function silentFinding({ message, sent }: SlSilentError, { config }: SlClient): ErpFinding {
  // Something answered, in another form than any call of the web layer.
  if (sent && !/no answer|given up/.test(message)) return noWebLayer(noSite(config.url, message));
  return finding('check.unreachable', 'login', message, 'Check SL_URL, and that the web layer can be reached from here.');
}

const noSite = (url: string, message: string): string => `What answers at ${url} is no web layer of Dynamics SL: ${message}.`;
const noWebLayer = (text: string): ErpFinding => finding('check.path-wrong', 'service', text, 'Check the virtual directory in SL_URL.');

/** Swagger is absent: either there is no web layer at the address, or one that does not publish its calls. */
async function doorsFinding(client: SlClient, { message }: SlNotSetUpError, signal: AbortSignal): Promise<ErpFinding> {
  for (const door of ['rest', 'soap'] as const)
    if (await client.isThere(door, signal)) return finding('check.doors-unknown', 'service', message, 'Name the doors in SL_DOORS.');
  return noWebLayer(noSite(client.config.url, 'neither a REST call nor a SOAP service is there'));
}
