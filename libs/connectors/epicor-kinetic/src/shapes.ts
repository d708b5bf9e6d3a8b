import { erpDocumentShapes } from '@tributary/contracts';
import type { ErpDocumentShape } from '@tributary/contracts';

function shape(name: string): ErpDocumentShape {
  const found = erpDocumentShapes[name];
  if (!found) throw new RangeError(`there is no document shape ${name}`);
  return found;
}

export const customerShape = shape('epicor-kinetic/customer');
export const cashReceiptShape = shape('epicor-kinetic/cash-receipt');
