import { shapes as dynamicsSl } from '@tributary/connector-dynamics-sl/shapes';
import { shapes as epicorKinetic } from '@tributary/connector-epicor-kinetic/shapes';
import { shapes as prophet21 } from '@tributary/connector-prophet21/shapes';
import { shapes as rest } from '@tributary/connector-rest/shapes';
import { shapes as stripe } from '@tributary/connector-stripe/shapes';
import type { ErpDocumentShape } from '@tributary/contracts';

/** Every document shape of every connector by its name, which is what PostingRequested.shape refers to. Pure: no client, no configuration. */
export const erpDocumentShapes: Readonly<Record<string, ErpDocumentShape>> = Object.fromEntries(
  [...epicorKinetic, ...dynamicsSl, ...prophet21, ...stripe, ...rest].map((shape) => [shape.name, shape]),
);
