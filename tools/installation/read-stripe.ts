import { readAssets } from '@tributary/mapping';
import { clockFindings, found, foundAtTarget, notingClock, optionalSecret } from '@tributary/platform';
import type { ClockHere } from '@tributary/platform';
import { assetFilesIn } from '../assets/command.js';
import { assetFolder, typedIn } from '../stack/arguments.js';
import { checkStripe } from '../targets/stripe.js';
import type { InstallationFinding } from '@tributary/platform';
import type { LoadService } from './load-service.js';

/** Whether there is a key to check. */
export function hasStripeKey(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env.STRIPE_API_KEY || env.STRIPE_API_KEY_FILE);
}

/** The API key and its mode, as `npm run check:targets` checks them, and the clock of Stripe. */
export async function examineStripe(env: NodeJS.ProcessEnv, targets: readonly string[], here: ClockHere): Promise<InstallationFinding[]> {
  const { send, offMs } = notingClock(fetch, here);
  const access = {
    url: env.STRIPE_API_URL ?? 'https://api.stripe.com',
    apiKey: optionalSecret(env, 'STRIPE_API_KEY')?.() ?? '',
    apiVersion: env.STRIPE_API_VERSION ?? '2026-08-26.dahlia',
  };
  const findings = await checkStripe(access, { livemode: modeOf(env, targets), writesBack: false }, send);
  return [
    ...findings.map(({ code, target, text, fix }) => foundAtTarget(code, target, `${text.charAt(0).toUpperCase()}${text.slice(1)}`, fix)),
    ...clockFindings('Stripe', offMs(), here),
  ];
}

/** The mode that the profiles of the targets book, where there is one for all of them and the assets are named. */
function modeOf(env: NodeJS.ProcessEnv, targets: readonly string[]): boolean | undefined {
  if (!env.TRIBUTARY_ASSETS_DIR) return undefined;
  const from = typedIn(env);
  const { profiles } = readAssets(assetFilesIn(assetFolder(env.TRIBUTARY_ASSETS_DIR, from), from), []);
  const modes = new Set([...profiles.values()].filter(({ target }) => targets.includes(target)).map(({ livemode }) => livemode));
  return modes.size === 1 ? [...modes][0] : undefined;
}

/** The endpoints that Stripe delivers to, read as ingest reads them. Their secrets are not in what it says. */
export async function examineWebhooks(env: NodeJS.ProcessEnv, load: LoadService): Promise<InstallationFinding[]> {
  const { readEndpoints } = (await load('ingest', 'endpoints')) as { readEndpoints: (env: NodeJS.ProcessEnv) => readonly unknown[] };
  try {
    const count = readEndpoints(env).length;
    return [found('installation.passed', 'webhooks', `${count} endpoints have a signing secret.`)];
  } catch (error) {
    return [found('stripe.webhook-secret-missing', 'webhooks', `${(error as Error).message.replace(/[.\s]+$/, '')}.`)];
  }
}
