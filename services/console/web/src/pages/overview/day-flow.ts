import { sankey, sankeyJustify, sankeyLinkHorizontal } from 'd3-sankey';
import type { DayFigureName, DayMoney } from './read-today.js';

/** A place that money comes from or goes to, as it is drawn. Lengths in units of the drawing. */
export interface FlowNode {
  readonly name: DayFigureName;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Money that goes from one place to another. */
export interface FlowLink {
  readonly from: DayFigureName;
  readonly to: DayFigureName;
  readonly path: string;
  readonly width: number;
}

/** The day as a drawing. */
export interface Flow {
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
}

/** Size of the drawing, in its own units. */
export const flowSize = { width: 720, height: 220 } as const;

/** Least share of the day that is drawn, so that one payment among a million can still be seen. */
const leastShare = 0.004;

/** What is received comes apart into what was captured and what failed, and that into where it stands. */
const ways: readonly (readonly [DayFigureName, DayFigureName])[] = [
  ['received', 'captured'],
  ['received', 'failed'],
  ['captured', 'inLedger'],
  ['captured', 'onItsWay'],
  ['captured', 'needsPerson'],
  ['captured', 'notBooked'],
];

interface Node {
  readonly name: DayFigureName;
}

/**
 * Where the money of the day stands, as a flow. Amounts become lengths here and nothing else: the figures beside them are the exact texts.
 * @returns undefined where there is nothing to draw.
 */
export function dayFlow({ figures }: DayMoney): Flow | undefined {
  const minorOf = (name: DayFigureName): number => {
    const minor = Number(figures[name].amount?.minor ?? '0');
    return Number.isFinite(minor) && minor > 0 ? minor : 0;
  };
  const least = minorOf('received') * leastShare;
  const links = ways
    .filter(([, to]) => minorOf(to) > 0)
    .map(([source, target]) => ({ source, target, value: Math.max(minorOf(target), least) }));
  if (links.length === 0) return undefined;
  const names = [...new Set(links.flatMap(({ source, target }) => [source, target]))];
  const graph = sankey<Node, object>()
    .nodeId(({ name }) => name)
    .nodeAlign(sankeyJustify)
    .nodeWidth(12)
    .nodePadding(18)
    .extent([
      [0, 8],
      [flowSize.width, flowSize.height - 8],
    ])({ nodes: names.map((name) => ({ name })), links });
  const line = sankeyLinkHorizontal<Node, object>();
  return {
    nodes: graph.nodes.map(({ name, x0 = 0, x1 = 0, y0 = 0, y1 = 0 }) => ({
      name,
      x: x0,
      y: y0,
      width: x1 - x0,
      height: Math.max(y1 - y0, 1),
    })),
    links: graph.links.map((link) => ({
      from: (link.source as Node).name,
      to: (link.target as Node).name,
      path: line(link) ?? '',
      width: Math.max(link.width ?? 1, 1),
    })),
  };
}
