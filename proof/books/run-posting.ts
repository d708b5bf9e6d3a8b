import type { ErpDocument } from '@tributary/connector-kit';
import type { PostingRequested } from '@tributary/contracts';
import type { Posting } from '@tributary/posting';

/** One posting of a run. */
export interface RunPosting {
  readonly request: PostingRequested;
  posting: Posting;
  /** Result and code of its newest conclusion. */
  result: string | undefined;
  code: string | undefined;
  text: string | undefined;
  /** The document as it was last sent. */
  document: ErpDocument | undefined;
  batchId: string | undefined;
  released: boolean;
  waitingSince: number | undefined;
  postingDate: string | undefined;
}
