export { checkDocument, fieldOf } from './shape.js';
export type { DocumentProblem, ErpDocumentShape, ErpField, ErpFieldType, ErpFieldValue } from './shape.js';
export { checkLines, lineShapeOf, maxDocumentLines } from './lines.js';
export type { ErpDocumentLine } from './lines.js';
