import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileAssets, route } from '@tributary/mapping';
import type { AssetBundle, RoutedFact } from '@tributary/mapping';
import { cacheDir, workspaceRoot } from '@tributary/proof/support';
import { chargeBody } from '../load.js';
import { median, ratios } from '../result.js';
import type { Row, RowOptions } from '../result.js';

/** The pure steps of transform, as compiled: services are not imported by anybody, they are measured as they are shipped. */
interface TransformSteps {
  parseBody(body: Uint8Array): unknown;
  stripeEvent(body: unknown): { id: string };
  toPinnedShape(body: unknown): unknown;
  translate(event: { id: string }, enrichment: object): { facts: readonly (Fact & { event: { type: string } })[] };
}
interface Fact {
  readonly eventId: string;
  readonly key: string;
  readonly sequence: string;
  readonly value: object;
}

const jsonataVersion = '2.2.2';

/** CPU seconds of this process, user and system: what a noisy neighbour takes is not in it. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function perCpuSecond(work: () => unknown, count: number): Promise<number> {
  for (let i = 0; i < count / 10; i += 1) await work();
  const before = cpuSeconds();
  for (let i = 0; i < count; i += 1) await work();
  return count / (cpuSeconds() - before);
}

export const transformRow: Row = {
  name: 'transform',
  says: 'translate and route with the shipped assets, and the mapping step beside jsonata, events per CPU second',
  async run({ quick, say }: RowOptions) {
    const steps = await transformSteps();
    const assets = shippedAssets();
    const bytes = Buffer.from(chargeBody().replaceAll('@@', 'bench1'));
    const now = Date.now();
    const translated = (): RoutedFact[] => {
      const event = steps.stripeEvent(steps.toPinnedShape(steps.parseBody(bytes)));
      return steps.translate(event, {}).facts.map(({ eventId, event: { type }, value, sequence }) => ({
        eventId,
        eventType: type,
        value,
        sourceEventId: event.id,
        sequence,
      }));
    };
    const both = (): void => {
      for (const fact of translated()) route(assets, fact, now);
    };
    const [fact] = translated() as [RoutedFact];
    const requested = route(assets, fact, now);
    if (requested.postings.length === 0) throw new Error(`the shipped assets make nothing of a charge: ${JSON.stringify(requested)}`);

    const whole: number[] = [];
    const routing: number[] = [];
    const peer: number[] = [];
    const notes = [
      'One event: the bytes of a charge.succeeded parsed, lifted to the pinned shape, translated, then routed to a customer and a cash receipt, digests included. Encoding and Kafka are not in it.',
      'jsonata makes the five main fields of the receipt and nothing else; ours is the whole of route: conditions, match, two documents, types and lengths checked, digests, ids.',
    ];
    const jsonata = receiptInJsonata(say, notes);
    for (let round = 0; round < (quick ? 1 : 7); round += 1) {
      whole.push(await perCpuSecond(both, quick ? 5_000 : 40_000));
      routing.push(await perCpuSecond(() => route(assets, fact, now), quick ? 5_000 : 40_000));
      if (jsonata) peer.push(await perCpuSecond(() => jsonata(fact.value), quick ? 2_000 : 10_000));
      say(
        `round ${round + 1}: translate + route ${Math.round(whole.at(-1) ?? 0)}/s, route ${Math.round(routing.at(-1) ?? 0)}/s, jsonata ${Math.round(peer.at(-1) ?? NaN)}/s`,
      );
    }
    const overPeer = ratios(
      routing.map((perSecond) => perSecond * requested.postings.length),
      peer,
    );
    return {
      measures: [
        { what: 'translate + route', subject: 'transform', unit: 'events per CPU s', samples: whole },
        { what: 'route alone', subject: 'libs/mapping', unit: 'facts per CPU s', samples: routing },
        { what: 'five fields of the receipt', subject: `jsonata ${jsonataVersion}`, unit: 'documents per CPU s', samples: peer },
      ],
      goals: [
        { what: 'events per CPU second', goal: 'at least 15,000', samples: whole, reached: median(whole) >= 15_000 },
        { what: 'documents over jsonata', goal: 'at least 10', samples: overPeer, reached: median(overPeer) >= 10 },
      ],
      notes,
    };
  },
};

async function transformSteps(): Promise<TransformSteps> {
  const load = (file: string): Promise<Partial<TransformSteps>> =>
    import(pathToFileURL(join(workspaceRoot, 'services/transform/dist/decide', file)).href) as Promise<Partial<TransformSteps>>;
  const modules = await Promise.all(['stripe-event.js', 'translate.js', 'version-adapters/index.js'].map(load));
  return Object.assign({}, ...modules) as TransformSteps;
}

function shippedAssets(): AssetBundle {
  const folder = join(workspaceRoot, 'assets');
  const files = globSync('**/*.{yaml,yml,csv}', { cwd: folder }).map((path) => ({
    path: relative(folder, join(folder, path)),
    text: readFileSync(join(folder, path), 'utf8'),
  }));
  const compiled = compileAssets(files);
  if (!('bundle' in compiled) || !compiled.bundle) throw new Error('the shipped assets do not compile');
  return compiled.bundle;
}

/** The peer, from npm into the cache. @returns undefined when it cannot be had; the notes say why. */
function receiptInJsonata(say: (line: string) => void, notes: string[]): ((value: unknown) => Promise<unknown>) | undefined {
  const folder = join(cacheDir, 'peers', 'jsonata');
  if (!existsSync(join(folder, 'node_modules', 'jsonata'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { jsonata: jsonataVersion } }));
    say(`installing jsonata ${jsonataVersion}, once`);
    const installed = spawnSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8' });
    if (installed.status !== 0) {
      notes.push(`jsonata is not measured: ${installed.stderr.trim().split('\n').at(-1)}`);
      return undefined;
    }
  }
  const jsonata = createRequire(join(folder, 'package.json'))('jsonata') as (text: string) => {
    evaluate(value: unknown): Promise<unknown>;
  };
  const expression = jsonata(`{
    "CheckRef": $substring(chargeId, 0, 20),
    "TranAmt": $string(amount.minor / 100),
    "CurrencyCode": $uppercase(amount.currency),
    "TranDate": $fromMillis(receivedAt, "[Y0001]-[M01]-[D01]"),
    "Comment": "Stripe " & chargeId & " of " & paymentId
  }`);
  return (value) => expression.evaluate(plain(value));
}

/** Without bigint, which jsonata does not know. */
function plain(value: unknown): object {
  return (cached ??= JSON.parse(
    JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? Number(each) : each)),
  ) as object);
}
let cached: object | undefined;
