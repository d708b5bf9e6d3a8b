import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

/** What the OpenAPI document says about a route beside its path, its method and the permission that it needs. */
export interface RouteDocument {
  /** What it answers or does, in one sentence. */
  readonly does: string;
  /**
   * Name of the shape in `libs/contracts/src/http-api` that it answers; `csv` and `json-file`: a file; `nothing`;
   * `passed-on`: what another service answers; `redirect`: a browser goes elsewhere.
   */
  readonly answers: string;
  /** It answers server-sent events, the data of each what `answers` names. */
  readonly isStream?: boolean;
  /** The schema that its handler reads the query with. */
  readonly query?: z.ZodType;
  /** The schema that its handler reads the body with. */
  readonly body?: z.ZodType;
  /** Status -> codes of what it refuses, beside what every route may refuse. */
  readonly refuses?: Readonly<Record<number, readonly string[]>>;
  /** For what is not read with GET: the command that does the same, without `tributary`. */
  readonly command?: string;
  /** For what is not read with GET and has no command: who calls it instead. */
  readonly noCommand?: string;
  /** For what is not read with GET: it asks in its body, and changes nothing. */
  readonly asksOnly?: boolean;
}

/** Metadata key of a {@link RouteDocument}. */
const routeDocument = 'tributary:route-document';

/** What the OpenAPI document of the service says about a route. */
export function Documented(document: RouteDocument): MethodDecorator {
  return SetMetadata(routeDocument, document);
}

/** What was said of a handler; undefined: nothing. */
export function documentOf(handler: object): RouteDocument | undefined {
  return Reflect.getMetadata(routeDocument, handler) as RouteDocument | undefined;
}
