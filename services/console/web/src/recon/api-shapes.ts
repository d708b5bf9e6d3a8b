import type { components as ConsoleComponents } from '../generated/console-api.js';
import type { components as SinkComponents } from '../generated/erp-sink-api.js';
import type { components as ReconComponents } from '../generated/recon-api.js';

/** Shapes that recon answers, by their names in its OpenAPI document. */
export type ReconShapes = ReconComponents['schemas'];
/** Shapes that erp-sinks answer. */
export type SinkShapes = SinkComponents['schemas'];
/** Shapes that the console answers itself. */
export type ConsoleShapes = ConsoleComponents['schemas'];

/** What came over the wire and is said to be of a shape: its fields may be read, and each may be anything. */
export type Wire<Shape> = { readonly [Field in keyof Shape]?: unknown };

/** Names of the fields that a page of a list has: its rows, and the cursors of its neighbours. */
export type PageField = {
  [Name in keyof ReconShapes]: Name extends `${string}Page` ? Extract<keyof ReconShapes[Name], string> : never;
}[keyof ReconShapes];
