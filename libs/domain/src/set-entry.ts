/** Sets an entry of a record; one named __proto__ becomes an entry like any other, and no prototype. */
export function setEntry<Value>(record: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__') Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
  else record[name] = value;
}
