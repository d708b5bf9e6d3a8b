import { answerWithoutRunning, understand } from '#commands/command-line.mjs';
import { optionalSecret } from '@tributary/platform';
import { assetFilesIn } from '../assets/command.js';
import { root } from '../contracts/workspace.js';
import { assetFolder, typedIn } from '../stack/arguments.js';
import { runningState } from '../stack/run-file.js';
import { foldersOf, loadSettings } from '../stack/settings.js';
import type { Environment } from '../stack/settings.js';
import { settingsOfRun } from '../stack/settings-of-run.js';
import { stackEnvironment } from '../stack/environment.js';
import { findingLine, missing } from './finding.js';
import type { Fetch, TargetFinding } from './finding.js';
import { checkKinetic } from './kinetic.js';
import { kineticLogin } from './kinetic-login.js';
import { checkCertificates, checkLedger, checkLedgerCertificates, otherLedgers } from './ledgers.js';
import { customFieldsOf, needsOf } from './needs.js';
import type { PostingNeeds } from './needs.js';
import { checkStripe } from './stripe.js';

const kineticKind = 'epicor-kinetic';
const defaultTarget = 'kinetic-main';

/** `npm run check:targets`: the Stripe key and the ledgers of the configuration that `npm start` would use. @returns the findings. */
export async function checkTargets(env: Environment, assets: string | undefined, fetch: Fetch): Promise<TargetFinding[]> {
  const loaded = loadSettings(root, env);
  const state = runningState(foldersOf(root, env).run);
  const settings = state ? settingsOfRun(loaded, state) : loaded;
  const sink = stackEnvironment(settings).of('erp-sink');
  const stripe = stackEnvironment(settings).of('transform');
  const folder = assetFolder(assets ?? (sink.TRIBUTARY_ASSETS_DIR as string), typedIn(env));
  const files = assetFilesIn(folder, typedIn(env));
  const needs = needsOf(files, sink.ERP_TARGET ?? defaultTarget, sink.KINETIC_COMPANY);
  const others = otherLedgers(sink, [kineticKind]);
  const [ofStripe, ofKinetic, ...ofOthers] = await Promise.all([
    checkStripe(
      {
        url: stripe.STRIPE_API_URL ?? 'https://api.stripe.com',
        apiKey: stripe.STRIPE_API_KEY ?? '',
        apiVersion: stripe.STRIPE_API_VERSION ?? '2026-08-26.dahlia',
      },
      { livemode: needs.livemode, writesBack: needs.writesBack },
      fetch,
    ),
    checkedKinetic(sink, needs.erp, fetch),
    checkCertificates('Kinetic', sink.KINETIC_URL as string, sink, Date.now()),
    ...others.map((ledger) => checkLedgerCertificates(ledger, sink, Date.now())),
    ...others.map((ledger) => checkLedger(ledger, customFieldsOf(files, ledger.kind), sink)),
  ]);
  return [...ofStripe, ...needs.findings, ...ofKinetic, ...ofOthers.flat()];
}

async function checkedKinetic(sink: Readonly<Record<string, string>>, needs: PostingNeeds, fetch: Fetch): Promise<TargetFinding[]> {
  let authorization: string;
  try {
    authorization = await kineticLogin(sink);
  } catch (error) {
    const why = (error as Error).message.replace(/\s*\n\s*/g, ' ').replace(/\.$/, '');
    return [missing('Kinetic', `${why}.`, 'Runbook: docs/runbooks/erp-password.md.')];
  }
  const access = {
    url: (sink.KINETIC_URL as string).replace(/\/+$/, ''),
    company: sink.KINETIC_COMPANY ?? '',
    user: sink.KINETIC_USER ?? '',
    authorization,
    apiKey: optionalSecret(sink, 'KINETIC_API_KEY')?.() ?? '',
  };
  return checkKinetic(access, needs, fetch);
}

async function main(args: readonly string[]): Promise<number> {
  const understood = understand(['check:targets', ...args]);
  if (understood.kind !== 'run') return answerWithoutRunning(understood);
  const findings = await checkTargets(process.env, understood.values.assets?.at(-1) as string | undefined, globalThis.fetch);
  const bad = findings.filter(({ level }) => level === 'missing').length;
  if (understood.values.json) console.log(JSON.stringify({ ok: bad === 0, findings }));
  else console.log([...findings.map(findingLine), bad === 0 ? 'Nothing is missing.' : `${bad} missing`].join('\n'));
  return bad === 0 ? 0 : 1;
}

if (process.argv[1]?.endsWith('targets/cli.js'))
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
