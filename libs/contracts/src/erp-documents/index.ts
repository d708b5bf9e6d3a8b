export { checkDocument, fieldOf } from './shape.js';
export type { DocumentProblem, ErpDocumentShape, ErpField, ErpFieldType, ErpFieldValue } from './shape.js';
