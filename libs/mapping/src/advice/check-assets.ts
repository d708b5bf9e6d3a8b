import { parse } from '@marcbachmann/cel-js';
import type { AssetFile } from '../assets/asset-reader.js';
import type { Flow } from '../assets/flow.js';
import type { FlowStep } from '../assets/flow-step.js';
import { compileAssets, readAssets } from '../compile-assets.js';
import type { Assets } from '../assets/assets.js';
import type { AssetLanguage } from '../language.js';
import { shippedLanguage } from '../shipped-language.js';
import { findingAt } from './asset-finding.js';
import type { AssetFinding } from './asset-finding.js';
import { profileValueFindings } from './profile-values.js';
import { rootCauses } from './root-causes.js';

/** Options of {@link checkAssets}. */
export interface CheckAssetsOptions {
  /** The previous assets. A changed posting key is a warning, because documents would be booked again under the new key. */
  readonly before?: readonly AssetFile[];
  readonly language?: AssetLanguage;
}

/**
 * Checks a set of assets and reports findings for their authors: first errors (transform would not start, or every document would be
 * refused), grouped by cause, then warnings (documents may be booked twice, values are cut).
 * @param files all assets of one environment; the order does not matter.
 */
export function checkAssets(files: readonly AssetFile[], options: CheckAssetsOptions = {}): AssetFinding[] {
  const language = options.language ?? shippedLanguage();
  const compiled = compileAssets(files, language);
  const assets = readAssets(files, []);
  const errors = compiled.ok ? [] : rootCauses(files, compiled.problems);
  const warnings = [...sourceIdWarnings(assets), ...(options.before ? changedKeyWarnings(assets, readAssets(options.before, [])) : [])];
  const values = profileValueFindings(assets, language);
  return [...errors, ...values.filter(isError), ...warnings, ...values.filter((finding) => !isError(finding))];
}

const isError = ({ level }: AssetFinding): boolean => level === 'error';

const stepsOf = (assets: Assets): [Flow, FlowStep][] =>
  [...assets.flows.values()].flatMap((flow) => flow.steps.map((step) => [flow, step] as [Flow, FlowStep]));

/** Warns of a constant sourceId: it gives every fact the same posting key, so only the first fact is booked. */
function sourceIdWarnings(assets: Assets): AssetFinding[] {
  return stepsOf(assets).flatMap(([flow, step]) =>
    readsSomething(step.sourceId.text)
      ? []
      : [
          findingAt(
            'warning',
            step.sourceId,
            `the sourceId of step "${step.name.value}" of flow "${flow.name.value}" is the same for every event: all of them get one posting key, and only the first is booked. Use an id of the event, e.g. event.chargeId`,
          ),
        ],
  );
}

/** Whether an expression reads any variable. An expression that cannot be parsed is reported elsewhere. */
function readsSomething(expression: string): boolean {
  try {
    return namesIn(parse(expression).ast).some((name) => name === 'event' || name === 'eventType');
  } catch {
    return true;
  }
}

/** Names of the variables in a parsed expression. */
function namesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(namesIn);
  if (typeof node !== 'object' || node === null) return [];
  const { op, args } = node as { op?: unknown; args?: unknown };
  return op === 'id' ? [String(args)] : namesIn(args);
}

/**
 * Warns of a changed posting key, which consists of kind, sourceId and part: with another key the document of the same event is booked
 * again.
 */
function changedKeyWarnings(assets: Assets, before: Assets): AssetFinding[] {
  const earlier = new Map(stepsOf(before).map(([flow, step]) => [`${flow.name.value} ${step.name.value}`, step]));
  return stepsOf(assets).flatMap(([flow, step]) => {
    const old = earlier.get(`${flow.name.value} ${step.name.value}`);
    if (!old) return [];
    const changes = [
      changeOf('document', old.kind, step.kind),
      changeOf('sourceId', old.sourceId.text, step.sourceId.text),
      changeOf('part', old.part?.text ?? 'none', step.part?.text ?? 'none'),
    ].filter((change) => change !== undefined);
    return changes.length === 0
      ? []
      : [
          findingAt(
            'warning',
            step.sourceId,
            `the posting key of step "${step.name.value}" of flow "${flow.name.value}" changes (${changes.join('; ')}): events that are replayed or delivered again are booked a second time. Keep the key, or give the step another name when it is another document`,
          ),
        ];
  });
}

function changeOf(what: string, old: string, now: string): string | undefined {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return plain(old) === plain(now) ? undefined : `${what} was ${plain(old)}, is ${plain(now)}`;
}
