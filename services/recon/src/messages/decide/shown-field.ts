/**
 * Fields of the language whose texts are ids, codes or words of a closed list: they name objects, never people. Everything that is not here is
 * taken for a text about somebody, so that a new field is masked until somebody decided about it.
 */
const idFields = /^(?:id|[a-z]\w*Ids?|currency|type|eventType|canonicalType|kind|status|result|code|target|protocol|shape|postingKey)$/;
const otherFields =
  /^(?:system|apiVersion|flow|mappingVersion|digest|sequence|brand|reportingCategory|role|topic|group|category|onClosedPeriod|release|dependsOn)$/;
/** Ids, codes and keys: no blanks, no quotation marks, no at-sign. */
const idText = /^[\w.:/~+-]{1,200}$/;

/** Whether the text of a field may be shown to somebody who may not read what stands in messages. */
export function mayShow(field: string, text: string): boolean {
  return (idFields.test(field) || otherFields.test(field)) && idText.test(text);
}
