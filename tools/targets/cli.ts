import { answerWithoutRunning, understand } from '#commands/command-line.mjs';
import { optionalSecret } from '@tributary/platform';
import { environmentOf, placeVariablesOf, shippedTargets } from '@tributary/target-registry';
import { assetFilesIn } from '../assets/command.js';
import { assetFolder, typedIn } from '../stack/arguments.js';
import type { Environment } from '../stack/settings.js';
import { findingLine } from './finding.js';
import type { Fetch, TargetFinding } from './finding.js';
import { checkLedger, ledgersOf } from './ledgers.js';
import type { ConfiguredLedger } from './ledgers.js';
import { needsOf } from './needs.js';
import { stackVariables } from './sink-variables.js';
import { checkStripe } from './stripe.js';

/** `npm run check:targets`: the Stripe key and the ledgers of the configuration that `npm start` would use. @returns the findings. */
export async function checkTargets(env: Environment, assets: string | undefined, fetch: Fetch): Promise<TargetFinding[]> {
  const stack = stackVariables(env);
  const [sink, stripe] = [stack.of('erp-sink'), stack.of('transform')];
  const folder = assetFolder(assets ?? (sink.TRIBUTARY_ASSETS_DIR as string), typedIn(env));
  const files = assetFilesIn(folder, typedIn(env));
  const ledgers = ledgersOf(sink, shippedTargets[0] ?? '').map((ledger) => ({
    ledger,
    needs: needsOf(files, ledger, companyOf(ledger, sink)),
  }));
  const first = ledgers[0]?.needs;
  const [ofStripe, ...ofLedgers] = await Promise.all([
    checkStripe(
      {
        url: stripe.STRIPE_API_URL ?? 'https://api.stripe.com',
        apiKey: optionalSecret(stripe, 'STRIPE_API_KEY')?.() ?? '',
        apiVersion: stripe.STRIPE_API_VERSION ?? '2026-08-26.dahlia',
      },
      { livemode: first?.livemode, writesBack: first?.writesBack ?? false },
      fetch,
    ),
    ...ledgers.map(({ ledger, needs }) => checkLedger(ledger, needs.erp, sink)),
  ]);
  return [...ofStripe, ...ledgers.flatMap(({ needs }) => needs.findings), ...ofLedgers.flat()];
}

/** The company that a ledger books in, by its own variables. */
function companyOf({ target, kind }: ConfiguredLedger, sink: NodeJS.ProcessEnv): { variable: string; value: string } | undefined {
  const variable = placeVariablesOf(kind).companyVariable ?? '';
  const value = environmentOf(target, sink)[variable];
  return value === undefined ? undefined : { variable, value };
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
