import type { AssetFunction } from './asset-function.js';
import { booksFunctions } from './books-functions.js';
import { dateFunctions } from './date-functions.js';
import { documentFunctions } from './document-functions.js';
import { keyFunctions } from './key-functions.js';
import { moneyFunctions } from './money-functions.js';
import { profileFunctions } from './profile-functions.js';
import { textFunctions } from './text-functions.js';
import { valueFunctions } from './value-functions.js';

/** The functions that assets may call, beside those of CEL itself. */
export const assetFunctions: readonly AssetFunction[] = [
  ...moneyFunctions,
  ...dateFunctions,
  ...textFunctions,
  ...valueFunctions,
  ...profileFunctions,
  ...keyFunctions,
  ...documentFunctions,
  ...booksFunctions,
];
