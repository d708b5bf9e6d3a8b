import { importCircles } from './import-circles.js';
import { upwardImports } from './layers.js';
import type { Project } from './layers.js';
import { isMeasured } from './read-structure.js';
import type { FileStructure, Place } from './read-structure.js';

/** The value below which `share` (0 to 1) of the values lie; 0 without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The figures of the house, from measured files. */
export interface StructureReport {
  readonly fileMedian: number;
  readonly fileP90: number;
  readonly functionP90: number;
  readonly functionMax: number;
  /** Exported declarations without a docstring, per cent. */
  readonly undocumentedPercent: number;
  readonly circles: number;
  readonly upward: number;
  /** The largest or first offenders of each figure, for the message of a failed check. */
  readonly worst: Readonly<Record<Exclude<keyof StructureReport, 'worst'>, readonly string[]>>;
}

/**
 * @param files every TypeScript file of the workspace; sizes and docstrings count for `isMeasured` ones, imports for all.
 * @param projects the projects of the workspace.
 */
export function reportStructure(files: readonly FileStructure[], projects: readonly Project[]): StructureReport {
  const measured = files.filter(({ path }) => isMeasured(path));
  const functions = measured.flatMap((file) => file.functions);
  const undocumented = measured.flatMap((file) => file.undocumented);
  const circles = importCircles(files);
  const upward = upwardImports(files, projects);
  const longFiles = largest(measured.map(({ path, lines }) => ({ where: path, size: lines })));
  const longFunctions = largest(functions);
  return {
    fileMedian: quantile(
      measured.map(({ lines }) => lines),
      0.5,
    ),
    fileP90: quantile(
      measured.map(({ lines }) => lines),
      0.9,
    ),
    functionP90: quantile(
      functions.map(({ size }) => size),
      0.9,
    ),
    functionMax: Math.max(0, ...functions.map(({ size }) => size)),
    undocumentedPercent: percent(
      undocumented.length,
      measured.reduce((sum, file) => sum + file.exports, 0),
    ),
    circles: circles.length,
    upward: upward.length,
    worst: {
      fileMedian: longFiles,
      fileP90: longFiles,
      functionP90: longFunctions,
      functionMax: longFunctions,
      undocumentedPercent: undocumented.map(({ where }) => where),
      circles: circles.map((group) => group.join(' <-> ')),
      upward: upward.map(({ where }) => where),
    },
  };
}

function largest(places: readonly Place[]): string[] {
  return [...places].sort((a, b) => b.size - a.size).map(({ where, size }) => `${where} (${size} lines)`);
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1_000 * part) / whole) / 10;
}
