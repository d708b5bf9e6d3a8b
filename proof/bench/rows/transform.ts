import { compileAssets, route } from '@tributary/mapping';
import type { AssetBundle, RoutedFact } from '@tributary/mapping';
import { builtExports, shippedAssetFiles } from '../../built.js';
import { chargeBody } from '../load.js';
import { median, ratios } from '../statistics.js';
import type { Row, RowOptions, RowResult } from '../result.js';
import { assertSame, jsonataStep, jsonataVersion, ourStep } from './mapping-step.js';
import type { MappingStep } from './mapping-step.js';

/** The pure steps of transform. */
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

/** CPU seconds of this process, user and system, so that load of other processes does not count. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Calls per CPU second after a warm-up of a tenth of the calls. Awaits only promises, so that a synchronous subject pays nothing for it. */
async function perCpuSecond(work: (n: number) => unknown, count: number): Promise<number> {
  const run = async (times: number): Promise<void> => {
    for (let n = 0; n < times; n += 1) {
      const made = work(n);
      if (made instanceof Promise) await made;
    }
  };
  await run(count / 10);
  const before = cpuSeconds();
  await run(count);
  return count / (cpuSeconds() - before);
}

/** Events per CPU second of translate and route, and the mapping step compared with jsonata. */
export const transformRow: Row = {
  name: 'transform',
  says: 'translate and route with the shipped assets, and the mapping step beside jsonata, events per CPU second',
  async run({ quick, say }: RowOptions) {
    const steps = await transformSteps();
    const assets = shippedAssets();
    const bytes = Buffer.from(chargeBody().replaceAll('@@', 'bench1'));
    const now = Date.now();
    const translated = (): RoutedFact[] => factsOf(steps, bytes);
    const both = (): void => {
      for (const fact of translated()) route(assets, fact, now);
    };
    const [fact] = translated() as [RoutedFact];
    const requested = route(assets, fact, now);
    if (requested.postings.length === 0) throw new Error(`the shipped assets make nothing of a charge: ${JSON.stringify(requested)}`);

    const whole: number[] = [];
    const routing: number[] = [];
    const ours: number[] = [];
    const peer: number[] = [];
    const notes = [
      'One event: the bytes of a charge.succeeded parsed, lifted to the pinned shape, translated, then routed to a customer and a cash receipt, digests included. Encoding and Kafka are not in it.',
      'Mapping step: the same five fields of the shipped receipt, another payment every time; both sides are compared to make the same before they are timed.',
    ];
    const ourFields = ourStep(assets);
    let peerFields: MappingStep | undefined;
    try {
      peerFields = jsonataStep(say);
      await assertSame(ourFields, peerFields);
    } catch (error) {
      peerFields = undefined;
      notes.push(`Not measured beside jsonata: ${error instanceof Error ? error.message : String(error)}`);
    }
    for (let round = 0; round < (quick ? 2 : 7); round += 1) {
      whole.push(await perCpuSecond(both, quick ? 10_000 : 40_000));
      routing.push(await perCpuSecond(() => route(assets, fact, now), quick ? 10_000 : 40_000));
      ours.push(await perCpuSecond(ourFields, quick ? 50_000 : 200_000));
      if (peerFields) peer.push(await perCpuSecond(peerFields, quick ? 5_000 : 20_000));
      const last = [whole, routing, ours, peer].map((list) => Math.round(list.at(-1) ?? NaN));
      say(`round ${round + 1}: translate + route ${last[0]}/s, route ${last[1]}/s, mapping step ${last[2]}/s, jsonata ${last[3]}/s`);
    }
    return { ...figuresOf(whole, routing, ours, peer), notes };
  },
};

function factsOf(steps: TransformSteps, body: Uint8Array): RoutedFact[] {
  const event = steps.stripeEvent(steps.toPinnedShape(steps.parseBody(body)));
  return steps.translate(event, {}).facts.map(({ eventId, event: { type }, value, sequence }) => ({
    eventId,
    eventType: type,
    value,
    sourceEventId: event.id,
    sequence,
  }));
}

function figuresOf(whole: number[], routing: number[], ours: number[], peer: number[]): Pick<RowResult, 'measures' | 'goals'> {
  const overPeer = ratios(ours, peer);
  return {
    measures: [
      { what: 'translate + route', subject: 'transform', unit: 'events per CPU s', samples: whole },
      { what: 'route alone', subject: 'libs/mapping', unit: 'facts per CPU s', samples: routing },
      { what: 'mapping step', subject: 'libs/mapping', unit: 'documents per CPU s', samples: ours },
      { what: 'mapping step', subject: `jsonata ${jsonataVersion}`, unit: 'documents per CPU s', samples: peer },
    ],
    goals: [
      { what: 'events per CPU second', goal: 'at least 15,000', samples: whole, reached: median(whole) >= 15_000 },
      ...(peer.length > 0
        ? [{ what: 'mapping step over jsonata', goal: 'at least 10', samples: overPeer, reached: median(overPeer) >= 10 }]
        : []),
    ],
  };
}

function transformSteps(): Promise<TransformSteps> {
  const files = ['stripe-model/stripe-event.js', 'translate/translate.js', 'stripe-model/version-adapters/to-pinned-shape.js'];
  return builtExports<TransformSteps>('transform/dist/decide', files);
}

function shippedAssets(): AssetBundle {
  const compiled = compileAssets(shippedAssetFiles());
  if (!('bundle' in compiled) || !compiled.bundle) throw new Error('the shipped assets do not compile');
  return compiled.bundle;
}
