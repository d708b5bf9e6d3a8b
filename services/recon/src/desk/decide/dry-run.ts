import type { PostingRequested } from '@tributary/contracts';
import { fieldOf } from '@tributary/contracts';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import type { ErpCall, ErpConnector, ErpDocument, ErpReference } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { errorCodeOf } from '@tributary/domain';
import { route } from '@tributary/mapping';
import type { AssetBundle, RoutedFact } from '@tributary/mapping';

/** What one posting request would do. */
export interface DryPosting {
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  readonly protocol: string;
  readonly mappingVersion: string;
  /** Calls that store, as they would be sent. */
  readonly calls: readonly ErpCall[];
  /** What is not known before: fields that other documents fill in. */
  readonly open: readonly string[];
  /** Why it would be refused before anything is sent. */
  readonly problem: { readonly code: string; readonly text: string } | null;
}

export interface DryRun {
  /** Types of the canonical facts that a raw event becomes; null for what is one already. */
  readonly facts: readonly string[] | null;
  /** Version of the assets that it was routed with; null for posting requests, which are routed already. */
  readonly mappingVersion: string | null;
  readonly postings: readonly DryPosting[];
  readonly ignoredReason: string | null;
  /** Why nothing could be made of it. */
  readonly problem: { readonly code: string; readonly text: string } | null;
}

export interface DryRunParts {
  /** Of the request's target; undefined where recon has none. */
  readonly connector: ErpConnector | undefined;
  /** Posting key -> what the target calls that document. */
  readonly references: ReadonlyMap<string, ErpReference>;
}

/** The posting requests that today's assets make of a fact. Says why, where they make none. */
export function requestsOf(bundle: AssetBundle, fact: RoutedFact, nowMs: number): DryRequests {
  try {
    const routed = route(bundle, fact, nowMs);
    return { requests: routed.postings.map(({ request }) => request), ignoredReason: routed.ignoredReason, problem: null };
  } catch (error) {
    return { requests: [], ignoredReason: null, problem: problemOf(error) };
  }
}

export interface DryRequests {
  readonly requests: readonly PostingRequested[];
  readonly ignoredReason: string | null;
  readonly problem: DryRun['problem'];
}

/** What several facts of one event ask for together. One that is refused says so for all: its event is worked on as a whole. */
export function together(made: readonly DryRequests[]): DryRequests {
  const requests = made.flatMap((one) => one.requests);
  const ignored = made.map(({ ignoredReason }) => ignoredReason).find((reason) => reason !== null) ?? null;
  const problem = made.map((one) => one.problem).find((one) => one !== null) ?? null;
  return { requests, ignoredReason: requests.length > 0 ? null : ignored, problem };
}

/** What posting a request would send, as far as it is known before. */
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
  const about = { postingKey, target, kind, protocol, mappingVersion, open };
  if (!connector?.describeCall || !request.shape.startsWith(`${connector.name}/`))
    return { ...about, calls: [], problem: { code: 'dry-run.no-description', text: `calls of ${request.shape} cannot be described here` } };
  try {
    return { ...about, calls: connector.describeCall(document), problem: null };
  } catch (error) {
    return { ...about, calls: [], problem: problemOf(error) };
  }
}

/** Posting keys whose documents a request needs to know. */
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
