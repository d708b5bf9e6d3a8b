import { sent } from '../api/sent.js';
import { backgroundHeader } from '../identity/activity.js';
import { ApiError } from './http.js';
import { readRecord, readText } from '../recon/read-value.js';

/** How far a file is that is being read. */
export interface FileProgress {
  /** Rows of the list so far, without the header. */
  readonly rows: number;
  readonly bytes: number;
}

/** A file that was read to its end. */
export interface WholeFile extends FileProgress {
  readonly blob: Blob;
  /** Last line of the file, when it says that the list has more rows than a file may have. */
  readonly cutNote: string | null;
}

const lineFeed = 10;
const endBytes = 400;
/** Lines that are no rows: the header, and the line that says that it is the end. */
const otherLines = 2;

/**
 * Reads a list as a CSV file, telling how far it is.
 * @throws {ApiError} the answer was none. @throws {Error} the file broke off: its last line does not say that it is the end.
 */
export async function readFile(address: string, signal: AbortSignal, onProgress: (progress: FileProgress) => void): Promise<WholeFile> {
  const response = await fetch(address, { headers: backgroundHeader(), signal });
  if (!response.ok || !response.body) {
    const body: unknown = await response.json().catch(() => undefined);
    throw new ApiError(
      readText(readRecord<{ readonly message: string }>(sent(body)).message) ?? `The console was answered ${response.status}.`,
      response.status,
    );
  }
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let [lines, bytes] = [0, 0];
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value as Uint8Array<ArrayBuffer>);
    bytes += value.length;
    for (const byte of value) if (byte === lineFeed) lines += 1;
    onProgress({ rows: Math.max(lines - 1, 0), bytes });
  }
  const blob = new Blob(pieces, { type: 'text/csv' });
  const [, kind, note = ''] = /\n"(end of the list|not the whole list)","([^"]*)"\r\n$/.exec(await blob.slice(-endBytes).text()) ?? [];
  const rows = Math.max(lines - otherLines, 0);
  if (kind === undefined) throw new Error(`The file broke off after ${rows} rows. Nothing was saved: try again.`);
  return { blob, rows, bytes, cutNote: kind === 'end of the list' ? null : note };
}

/** Hands a file to the browser to be saved. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser may still be reading it
}
