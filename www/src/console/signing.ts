import { TellConnectError, authoriseBody, inspectJws, newUuid, ready, signingInput } from 'tell-connect';
import { codeBlock, el, jsonBlock } from '../dom.ts';

/** Pockit's id at tell.connect (CFG-2). */
const ASPSP = '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac';

const explain = (error: unknown): HTMLElement =>
  error instanceof TellConnectError
    ? el('p', { class: 'quiet' }, `${error.message} `, el('code', {}, error.code))
    : el('p', { class: 'quiet' }, String(error));

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function signingView(app: string, uuid: string): Node[] {
  const { body } = authoriseBody({ aspsp: ASPSP, scope: 'aisp', uuid, sandboxSca: false, environment: 'sandbox' });
  const iat = Math.floor(Date.now() / 1000);
  const input = signingInput({ app, path: '/authorise', iat, payload: body });
  const [header = '', payload = ''] = input.split('.');
  const block = codeBlock('Signing input', '', { 'data-testid': 'signing-input' });
  block.append(el('span', { class: 'jws-header' }, header), '.', el('span', { class: 'jws-payload' }, payload));
  return [
    el('p', { class: 'label' }, 'Body, serialised once'),
    codeBlock('Body', body),
    el('p', { class: 'label' }, 'Signing input: header.payload'),
    block,
    el('p', { class: 'quiet' }, 'The third part, the signature, needs the certificate, and only the worker has it.'),
  ];
}

function inspectView(token: string): Node[] {
  if (token === '') return [];
  const { header, payload } = inspectJws(token);
  return [
    el('p', { class: 'label' }, 'Header'),
    jsonBlock('Header of the signature', textOf(header)),
    el('p', { class: 'label' }, 'Payload'),
    jsonBlock('Payload of the signature', textOf(payload)),
  ];
}

/** Shows what `view` gives, or what the package has against it. */
function render(place: HTMLElement, view: () => Node[]): void {
  try {
    place.replaceChildren(...view());
  } catch (error) {
    place.replaceChildren(explain(error));
  }
}

/** The box in which the package's browser build shapes a request and its signing input, and cannot sign. */
export async function mountSigning(host: HTMLElement): Promise<void> {
  await ready();
  const plain = { autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' };
  const app = el('input', { id: 'signing-app', type: 'text', value: 'my-app', ...plain });
  const renew = el('button', { type: 'button', class: 'button button-quiet' }, 'New uuid');
  const shaped = el('div', {});
  const token = el('textarea', { id: 'signing-token', rows: '2', ...plain });
  const inspected = el('div', {});
  let uuid = newUuid();

  const shape = (): void => render(shaped, () => signingView(app.value, uuid));
  app.addEventListener('input', shape);
  renew.addEventListener('click', () => {
    uuid = newUuid();
    shape();
  });
  token.addEventListener('input', () => render(inspected, () => inspectView(token.value.trim())));

  host.replaceChildren(
    el(
      'div',
      { class: 'signing-controls' },
      el('div', { class: 'field' }, el('label', { for: 'signing-app' }, 'Application id'), app),
      renew,
    ),
    shaped,
    el('div', { class: 'field' }, el('label', { for: 'signing-token' }, 'Paste an x-jws-signature to read it'), token),
    inspected,
  );
  shape();
}
