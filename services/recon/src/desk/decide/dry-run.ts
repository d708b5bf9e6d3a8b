import type { PostingRequested } from '@tributary/contracts';
import { fieldOf } from '@tributary/contracts';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import type { ErpCall, ErpConnector, ErpDocument, ErpReference } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { errorCodeOf } from '@tributary/domain';
import { effectProblem } from '@tributary/posting';
import { route } from '@tributary/mapping';
import type { AssetBundle, RoutedFact } from '@tributary/mapping';
import { dryBooks } from './dry-effect.js';
import type { DryBooks } from './dry-effect.js';

/** What one posting request would do in its target. */
export interface DryPosting extends DryBooks {
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  readonly protocol: string;
  readonly mappingVersion: string;
  /** The calls that write to the target, as they would be sent. */
  readonly calls: readonly ErpCall[];
  /** Fields whose values are known only after other documents are posted. */
  readonly open: readonly string[];
  /** Why the request would be refused before any call is sent; null if it would not. */
  readonly problem: { readonly code: string; readonly text: string } | null;
}

/** Result of a dry run of one message. */
export interface DryRun {
  /** Types of the canonical facts that a raw event is translated into; null for a message that is not a raw event. */
  readonly facts: readonly string[] | null;
  /** Version of the assets that routed the facts; null for posting requests, which are already routed. */
  readonly mappingVersion: string | null;
  readonly postings: readonly DryPosting[];
  readonly ignoredReason: string | null;
  /** Why the message yields no posting requests although it should; null without a problem. */
  readonly problem: { readonly code: string; readonly text: string } | null;
}

/** What {@link dryPosting} needs to know about the target. */
export interface DryRunParts {
  /** Connector of the request's target; undefined when recon has none configured. */
  readonly connector: ErpConnector | undefined;
  /** Posting key -> reference of its document in the target. */
  readonly references: ReadonlyMap<string, ErpReference>;
}

/** The posting requests that the current assets make of a fact, or the reason why they make none. */
export function requestsOf(bundle: AssetBundle, fact: RoutedFact, nowMs: number): DryRequests {
  try {
    const routed = route(bundle, fact, nowMs);
    return { requests: routed.postings.map(({ request }) => request), ignoredReason: routed.ignoredReason, problem: null };
  } catch (error) {
    return { requests: [], ignoredReason: null, problem: problemOf(error) };
  }
}

/** Posting requests of one or several facts, or the reason why there are none. */
export interface DryRequests {
  readonly requests: readonly PostingRequested[];
  readonly ignoredReason: string | null;
  readonly problem: DryRun['problem'];
}

/**
 * Combines the requests of several facts of one event. If one fact is refused, the problem applies to all: the event is processed as a
 * whole.
 */
export function together(made: readonly DryRequests[]): DryRequests {
  const requests = made.flatMap((one) => one.requests);
  const ignored = made.map(({ ignoredReason }) => ignoredReason).find((reason) => reason !== null) ?? null;
  const problem = made.map((one) => one.problem).find((one) => one !== null) ?? null;
  return { requests, ignoredReason: requests.length > 0 ? null : ignored, problem };
}

/** The calls that posting a request would send, as far as they are known in advance. */
export function dryPosting(request: PostingRequested, { connector, references }: DryRunParts): DryPosting {
  const { postingKey, target, kind, protocol, mappingVersion } = request;
  const open: string[] = [];
  const fields: Record<string, string | boolean | bigint | null> = { ...request.fields };
  const lines = request.lines.map((line) => ({ ...line, fields: { ...line.fields } }));
  for (const { field, postingKey: of, attribute, table, lineKey } of request.references) {
    const text = references.get(of)?.[attribute];
    const row = table === null ? fields : lines.find((line) => line.table === table && line.key === lineKey)?.fields;
    if (text === undefined) open.push(`${field}: ${attribute} of ${of}, which is not posted yet`);
    else if (row) row[field] = isWhole(request.shape, field) && /^-?\d+$/.test(text) ? BigInt(text) : text;
  }
  const known = references.get(postingKey);
  const document: ErpDocument = {
    postingKey: postingKey as PostingKey,
    kind,
    shape: request.shape,
    fields,
    lines,
    protocol: protocol as ErpDocument['protocol'],
    ...(known ? { known } : {}),
  };
  const about = { postingKey, target, kind, protocol, mappingVersion, open, ...dryBooks(request) };
  const unbalanced = effectProblem(request);
  if (unbalanced) return { ...about, calls: [], problem: unbalanced };
  if (!connector?.describeCall || !request.shape.startsWith(`${connector.name}/`))
    return { ...about, calls: [], problem: { code: 'dry-run.no-description', text: `calls of ${request.shape} cannot be described here` } };
  try {
    return { ...about, calls: connector.describeCall(document), problem: null };
  } catch (error) {
    return { ...about, calls: [], problem: problemOf(error) };
  }
}

/** Posting keys of the documents that these requests depend on. */
export function keysNeeded(requests: readonly PostingRequested[]): string[] {
  return [...new Set(requests.flatMap((request) => [request.postingKey, ...request.references.map(({ postingKey }) => postingKey)]))];
}

function isWhole(shapeName: string, field: string): boolean {
  const shape = erpDocumentShapes[shapeName];
  return shape !== undefined && fieldOf(shape, field)?.type === 'integer';
}

function problemOf(error: unknown): { code: string; text: string } {
  const own = (error as { code?: unknown }).code;
  return { code: typeof own === 'string' ? own : errorCodeOf(error), text: error instanceof Error ? error.message : String(error) };
}
