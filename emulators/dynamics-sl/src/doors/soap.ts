import type { IncomingMessage, ServerResponse } from 'node:http';
import { soapAccess } from '../access.js';
import { BadRequest } from '../answers.js';
import type { EmulatorConfig } from '../emulator.config.js';
import type { Input } from '../data/rows.js';
import { reads } from '../screens/call.js';
import { operationOf } from '../screens/services.js';
import type { DoorCall } from './gateway.js';
import type { XmlNode } from './xml.js';
import { childOf, element, parseXml, valueOf } from './xml.js';

/** Namespace of the services: docs/reference/dynamics-sl.md section 2.2 [verified]. */
const namespace = 'http://www.catalinatechnology.com/services/ctDynamicsSL';
const envelopeOf = (body: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${body}</soap:Body></soap:Envelope>`;
const fault = (text: string): string =>
  envelopeOf(`<soap:Fault><faultcode>soap:Server</faultcode>${element('faultstring', text)}</soap:Fault>`);

/** What differs between the doors in names: arguments by their place, because no source names them all (assumed but for editScreen and applyPayment). */
function argumentsOf(operation: string, node: XmlNode): Input {
  const values = Object.fromEntries(node.children.map((child) => [child.name, valueOf(child)]));
  const [first, second] = node.children.map((child) => child.text);
  const complex = node.children.find((child) => child.children.length > 0);
  if (operation === 'editScreen') return { ...values, screen: complex ? valueOf(complex) : {} };
  if (operation === 'editGLTran') return { ...values, line: complex ? valueOf(complex) : {} };
  if (operation.startsWith('getScreenBy')) return { ...values, batNbr: first, refNbr: second, custID: first };
  if (operation === 'getQuery') return { viewName: values.queryName, query: { ...values, filters: pairsOf(values.filters) } };
  return { ...values, parms: pairsOf(values.parms) };
}

/** A list of pairs of name and value, whatever its items are called. */
function pairsOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value).flat() : value;
}

/** SOAP names an operation of quick query otherwise than REST's one path: getQuery is assumed. */
const operationNamed = (service: string, name: string): ReturnType<typeof operationOf> =>
  operationOf(service, name === 'getQuery' ? 'getQuickQuery' : name);

/** Sends a result, or a fault for what HTTP answers with an error: ASP.NET has status 500 for each fault but for a login (assumed). */
function sender(operation: string): DoorCall['send'] {
  return (response: ServerResponse, status: number, body: unknown) => {
    const error = body as { Message?: string; MessageDetail?: string } | null;
    const message = error?.MessageDetail ?? error?.Message;
    const sent = status === 400 ? 500 : status;
    const result = Array.isArray(body) ? { Row: body } : body;
    const text =
      status === 200
        ? envelopeOf(`<${operation}Response xmlns="${namespace}">${element(`${operation}Result`, result)}</${operation}Response>`)
        : fault(message ?? 'Server was unable to process request.');
    response.writeHead(sent, { 'content-type': 'text/xml; charset=utf-8' }).end(text);
    return sent;
  };
}

const failing = (error: BadRequest): DoorCall['operation'] =>
  reads(() => {
    throw error;
  });

/** What a request to `{service}.asmx` calls; undefined when there is no such service. */
export function soapCallOf(path: string, request: IncomingMessage, text: string, config: EmulatorConfig): DoorCall | undefined {
  const [, whole = ''] = /^\/(?:services\/)?(?:ctDynamicsSL\/)?([\w.]+)\.asmx$/i.exec(path) ?? [];
  if (!whole || request.method !== 'POST') return undefined;
  const service = whole.split('.').at(-1) ?? whole;
  const of = { door: 'soap', method: 'POST', service } as const;
  try {
    const root = parseXml(text);
    const [body] = childOf(root, 'Body')?.children ?? [];
    if (!body) throw new BadRequest('The SOAP envelope has no body.');
    const name = body.name;
    // SOAPAction is the namespace and the operation: section 2.2 [verified].
    if (String(request.headers.soapaction ?? '').replaceAll('"', '') !== `${namespace}/${name}`)
      throw new BadRequest(`Server does not know the value of HTTP Header SOAPAction: ${String(request.headers.soapaction ?? '')}.`);
    const header = childOf(childOf(root, 'Header'), 'ctDynamicsSLHeader');
    const values = header ? (valueOf(header) as Input) : {};
    const operation = operationNamed(service, name);
    if (!operation) throw new BadRequest(`Service ${whole} has no operation ${name}.`);
    return {
      ...of,
      name,
      operation,
      args: argumentsOf(name, body),
      authenticate: () => void soapAccess(values, config),
      send: sender(name),
    };
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    return { ...of, name: 'unreadable', operation: failing(error), args: {}, authenticate: () => undefined, send: sender('unreadable') };
  }
}
