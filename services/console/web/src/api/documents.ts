import type { OfAllSinks } from '@tributary/contracts';
import type { components as ConsoleComponents, paths as ConsolePaths } from '../generated/console-api.js';
import type { components as SinkComponents, paths as SinkPaths } from '../generated/erp-sink-api.js';
import type { components as ReconComponents, paths as ReconPaths } from '../generated/recon-api.js';

/** Shapes that recon answers, by their names in its OpenAPI document. */
export type ReconShapes = ReconComponents['schemas'];
/** Shapes that erp-sinks answer. */
export type SinkShapes = SinkComponents['schemas'];
/** Shapes that the console answers itself. */
export type ConsoleShapes = ConsoleComponents['schemas'];

/** What recon has not is passed to the erp-sinks. */
type OfSinks = Omit<SinkPaths, keyof ReconPaths>;
type BelowApi<Paths> = { readonly [Path in keyof Paths & string as `/api${Path}`]: Paths[Path] };

/** Every path that the page can ask, as it asks it: those of recon and of the erp-sinks below /api, and those of the console. */
export type Paths = BelowApi<ReconPaths> & BelowApi<OfSinks> & Omit<ConsolePaths, '/api/{path}'>;

/** How something is asked. */
export type Method = 'get' | 'post' | 'patch' | 'delete';

/** Paths that can be asked with a method. */
export type PathOf<How extends Method> = {
  [Path in keyof Paths]: Paths[Path] extends Readonly<Record<How, object>> ? Path : never;
}[keyof Paths];

type Operation<Path extends keyof Paths, How extends Method> = How extends keyof Paths[Path] ? Paths[Path][How] : never;

type ParametersOf<Op> = Op extends { readonly parameters: infer Parameters } ? Parameters : never;
type InPath<Parameters> = Parameters extends { readonly path: infer Names } ? { readonly [Name in keyof Names]: string } : object;
type InQuery<Parameters> = Parameters extends { readonly query?: infer Query }
  ? [Exclude<Query, undefined>] extends [never]
    ? object
    : { readonly [Name in keyof Exclude<Query, undefined>]?: string | null | undefined }
  : object;

/** An order for an erp-sink names its target for the console, which looks for the sink that serves it. */
type ForConsole<Path> = Path extends keyof BelowApi<OfSinks> ? { readonly target?: string | null } : object;

/** What stands in the address of a request: the names in its path, and its filters as text. A filter without a value is left out. */
export type Parameters<Path extends keyof Paths, How extends Method> = InPath<ParametersOf<Operation<Path, How>>> &
  InQuery<ParametersOf<Operation<Path, How>>> &
  ForConsole<Path>;

type Body<Op> = Op extends { readonly requestBody?: { readonly content: { readonly 'application/json': infer Content } } }
  ? Content
  : undefined;

/** What a request has in its body; undefined: nothing. */
export type BodyOf<Path extends keyof Paths, How extends Method> = Body<Operation<Path, How>>;

type Content<Response> = Response extends { content: { readonly 'application/json': infer Answer } } ? Answer : undefined;
type Succeeded<Op> = Op extends { readonly responses: infer Responses }
  ? { [Status in keyof Responses]: Status extends 200 | 201 | 202 | 204 ? Content<Responses[Status]> : never }[keyof Responses]
  : never;

/** What the document says that is answered. A list of erp-sinks is answered by the console for all of them. */
export type AnswerOf<Path extends keyof Paths, How extends Method = 'get'> = How extends 'get'
  ? Path extends keyof BelowApi<OfSinks>
    ? Succeeded<Operation<Path, How>> & OfAllSinks
    : Succeeded<Operation<Path, How>>
  : Succeeded<Operation<Path, How>>;
