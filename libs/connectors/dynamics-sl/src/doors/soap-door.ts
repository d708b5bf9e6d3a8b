import { refusalIn } from '../error-answers.js';
import { withNewSecret } from '@tributary/connector-kit';
import type { CallKind } from '@tributary/connector-kit';
import { isUnauthorised, SlRefusedError, SlSilentError } from '../sl-errors.js';
import type { SlRow } from '../sl-values.js';
import { secretsOf } from '../sl.config.js';
import type { SlConfig } from '../sl.config.js';
import type { DescribedCall, SlAction, SlDoor, SlFilter, SlScreen, SlService } from './door.js';
import type { HttpCalls } from './http-calls.js';
import { sentScreen } from './sent-values.js';
import { editScreenBody, envelope, queryBody, slNamespace } from './soap-message.js';
import { resultOf, rowsOf, screenOf } from './soap-answer.js';
import type { XmlElement } from './xml-reader.js';
import { readXml, XmlRefusedError } from './xml-reader.js';

/** Whole names of the services. Source: docs/reference/dynamics-sl.md section 1. */
const folders: Readonly<Record<SlService, string>> = {
  customerMaintenance: 'financial.accountsReceivable.maintenance.customerMaintenance',
  invoiceAndMemo: 'financial.accountsReceivable.input.invoiceAndMemo',
  paymentEntry: 'financial.accountsReceivable.input.paymentEntry',
  paymentApplication: 'financial.accountsReceivable.input.paymentApplication',
  journalTransactions: 'financial.generalLedger.input.journalTransactions',
  quickQuery: 'quickQuery',
};

/** The SOAP door of the web layer. Source: docs/reference/dynamics-sl.md sections 2.2 and 2.4. */
export class SoapDoor implements SlDoor {
  constructor(
    private readonly http: HttpCalls,
    private readonly config: SlConfig,
  ) {}

  async edit(service: SlService, action: SlAction, screen: SlScreen, signal: AbortSignal): Promise<SlScreen> {
    const body = this.editBody(action, screen);
    return screenOf(await this.call(service, 'editScreen', body, `${service} ${action}`, 'write', signal));
  }

  async query(view: string, filters: readonly SlFilter[], signal: AbortSignal): Promise<readonly SlRow[]> {
    const body = queryBody(view, filters);
    return rowsOf(await this.call('quickQuery', 'getQuery', body, `query ${view}`, 'lookup', signal));
  }

  /** The message without its header, which has the credentials. */
  describe(service: SlService, action: SlAction, screen: SlScreen): DescribedCall {
    return { method: 'POST', path: this.address(service).replace(this.config.url, ''), body: this.editBody(action, screen) };
  }

  private address(service: SlService): string {
    return `${this.config.soapUrl}/${folders[service]}.asmx`;
  }

  private editBody(action: SlAction, screen: SlScreen): string {
    // xs:dateTime knows one form only.
    return editScreenBody(action, sentScreen(screen, 'iso'));
  }

  private call(
    service: SlService,
    operation: string,
    body: string,
    name: string,
    kind: CallKind,
    signal: AbortSignal,
  ): Promise<XmlElement> {
    const once = (): Promise<XmlElement> => this.once(service, operation, body, name, kind, signal);
    return withNewSecret(() => secretsOf(this.config), once, isUnauthorised);
  }

  private async once(
    service: SlService,
    operation: string,
    body: string,
    name: string,
    kind: CallKind,
    signal: AbortSignal,
  ): Promise<XmlElement> {
    const headers = { 'content-type': 'text/xml; charset=utf-8', SOAPAction: `"${slNamespace}/${operation}"` };
    const url = this.address(service);
    const text = await this.http.send({ method: 'POST', url, headers, body: envelope(this.config, body), name, kind }, signal);
    const result = this.read(text, operation, name, kind);
    const refusal = refusalIn(result);
    if (refusal !== undefined) throw new SlRefusedError(name, kind, 200, refusal);
    return result;
  }

  private read(text: string, operation: string, name: string, kind: CallKind): XmlElement {
    try {
      return resultOf(readXml(text), operation);
    } catch (error) {
      if (error instanceof XmlRefusedError) throw new SlSilentError(name, kind, true, error.message, { cause: error });
      throw error;
    }
  }
}
