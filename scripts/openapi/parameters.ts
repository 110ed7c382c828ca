// The parameters of calls.

type Place = 'path' | 'query' | 'header';

function placed(place: Place, name: string, description: string, schema: object, example: unknown, required: boolean): object {
  return { name, in: place, required, description, schema, example };
}

/** A part of the path. */
export const parameter = (name: string, description: string, schema: object, example: string): object =>
  placed('path', name, description, schema, example, true);

/** A parameter of the query. */
export const query = (name: string, description: string, schema: object, example: string, required = true): object =>
  placed('query', name, description, schema, example, required);

/** Shared ones, kept once in the document. */
export const SHARED = {
  Scope: {
    name: 'scope', in: 'query', required: false, description: 'Which consent; `aisp`, without it.',
    schema: { $ref: '#/components/schemas/Scope', default: 'aisp' }, example: 'aisp',
  },
  None: {
    name: 'none', in: 'query', required: false, schema: { type: 'string', enum: ['ok'] }, example: 'ok',
    description: 'Has a 200 say that there is none, in place of a 404, of which a browser tells in its console.',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key', in: 'header', required: false,
    description: 'The order that the payment is for, beside the member `order`: the same one, where both are there.',
    schema: { $ref: '#/components/schemas/Order' }, example: 'order-17',
  },
  Origin: {
    name: 'Origin', in: 'header', required: false,
    description: 'The worker\'s own origin. A browser sends it by itself. Whatever else changes something sends this or '
      + '`Sec-Fetch-Site`; each that is there has to be right.',
    schema: { type: 'string', format: 'uri' }, example: 'https://shop.example',
  },
  SecFetchSite: {
    name: 'Sec-Fetch-Site', in: 'header', required: false, description: 'A browser sends it by itself.',
    schema: { type: 'string', enum: ['same-origin'] }, example: 'same-origin',
  },
} as const;

const shared = (name: keyof typeof SHARED): object => ({ $ref: `#/components/parameters/${name}` });

export const scope = shared('Scope');
export const none = shared('None');
export const order = shared('IdempotencyKey');
/** What tells that a call comes from this site's own pages. */
export const sites = [shared('Origin'), shared('SecFetchSite')];
