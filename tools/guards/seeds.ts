import { everywhereSeeds } from './everywhere-seeds.js';
import { kafkaSeeds } from './kafka-seeds.js';
import { layerSeeds } from './layer-seeds.js';
import { localStackSeeds } from './local-stack-seeds.js';
import { pageSeeds } from './page-seeds.js';
import { pureSeeds } from './pure-seeds.js';
import { roomSeeds } from './room-seeds.js';
import { shapeSeeds } from './shape-seeds.js';
import type { Seed } from './seed.js';

/** Violations that lint has to refuse, one of each kind. */
export const seeds: readonly Seed[] = [
  ...layerSeeds,
  ...shapeSeeds,
  ...localStackSeeds,
  ...roomSeeds,
  ...pageSeeds,
  ...pureSeeds,
  ...kafkaSeeds,
  ...everywhereSeeds,
];
