import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../contracts/workspace.js';

/** Reads what a service exports from a file of its own, named without `dist` and extension: services know each other by topics only, and the doctor looks into all of them. */
export type LoadService = (service: string, file: string) => Promise<Readonly<Record<string, unknown>>>;

/** Of the release that this doctor belongs to. */
export const loadBuilt: LoadService = async (service, file) =>
  (await import(pathToFileURL(join(root, 'services', service, 'dist', `${file}.js`)).href)) as Readonly<Record<string, unknown>>;
