import { anInvoiceOfTwoLines } from './half-invoice.js';
import { Published, startPod } from './harness.js';
import { RemoteErp } from './remote-erp.js';

/** One pod in a process of its own that posts an invoice of two lines. The ERP kills it meanwhile: started by killed-half.int-spec.ts. */
const { DATABASE_URL = '', ERP_URL = '', ERP_LEASE_MS = '' } = process.env;
const pod = await startPod(DATABASE_URL, new RemoteErp(ERP_URL), new Published(), { ERP_LEASE_MS });
await pod.poster.handle(anInvoiceOfTwoLines(), new AbortController().signal);
