// What a strict consumer writes against the package. It is compiled, in a project of its own, and never run.
import {
  TellConnectError, authoriseBody, inspectJws, newUuid, parseRedirect, ready, signingInput,
  type Environment, type ErrorCode, type Redirect, type Scope,
} from 'tell-connect';
import {
  Signer, Tpp, type Explanation, type SignedRequest, type TokenAnswer, type TppOptions,
} from 'tell-connect/edge';

import { Consent, Settings, type Command } from 'tell-connect/machine';
import {
  mergeTransactions, nextPage, sameTransaction, transactions, type Money, type Transaction,
} from 'tell-connect/views';

// Outcomes narrow.
export function code(url: string | URL): string {
  const redirect: Redirect = parseRedirect(url);
  switch (redirect.outcome) {
    case 'authorised': return redirect.code;
    case 'declined':
      // @ts-expect-error a decline has no code
      return redirect.code;
    default: return redirect satisfies never;
  }
}

// Codes narrow, and a code that does not exist is no case.
export function advise(error: unknown): string {
  if (!(error instanceof TellConnectError)) throw error;
  const { code }: { code: ErrorCode } = error;
  switch (code) {
    case 'configuration_invalid': return error.faults?.map(({ setting, problem }) => setting + problem).join() ?? '';
    case 'gateway_refused': return `${error.gateway?.status} ${error.gateway?.error ?? error.gateway?.text ?? ''}`;
    // @ts-expect-error no such code
    case 'no_such_code': return '';
    default: return error.message;
  }
}

export const exhaustive = {
  app_invalid: 0, aspsp_invalid: 0, base_url_invalid: 0, certificate_invalid: 0, configuration_invalid: 0,
  credentials_invalid: 0, environment_invalid: 0, gateway_bad_answer: 0, gateway_refused: 0, iat_invalid: 0,
  invalid_argument: 0, json_invalid: 0, jws_algorithm_refused: 0, jws_app_mismatch: 0, jws_header_refused: 0,
  interrupted: 0, jws_malformed: 0, jws_signature_mismatch: 0, list_missing: 0, location_refused: 0, method_invalid: 0, not_ready: 0, path_invalid: 0,
  payment_invalid: 0,
  profile_invalid: 0, randomness_unavailable: 0, redirect_parameter_invalid: 0, redirect_parameter_missing: 0,
  redirect_parameter_repeated: 0, scope_invalid: 0, snapshot_damaged: 0, snapshot_version_unknown: 0, token_invalid: 0,
  too_large: 0, user_ip_invalid: 0, uuid_invalid: 0, wasm_missing: 0, wasm_refused: 0,
} satisfies Record<ErrorCode, number>;

export async function page(scope: Scope, environment: Environment): Promise<string> {
  await ready();
  const { uuid, body } = authoriseBody({ aspsp: newUuid(), scope, environment });
  authoriseBody({ aspsp: '', scope: 'pisp', environment: 'production', uuid: undefined, sandboxSca: true });
  // @ts-expect-error the environment is missing
  authoriseBody({ aspsp: '', scope });
  // @ts-expect-error no such scope
  authoriseBody({ aspsp: '', scope: 'cbpii', environment });
  // @ts-expect-error a misspelt option
  authoriseBody({ aspsp: '', scope, environment, sandbox_sca: true });
  // @ts-expect-error the payload is a text, already serialised
  signingInput({ app: 'a', path: '/', iat: 0, payload: { a: 1 } });
  const { header, payload, signature } = inspectJws(signingInput({ app: 'a', path: '/', iat: 0, payload: body }));
  const iat: number | undefined = header.iat;
  // @ts-expect-error what other members hold is unknown
  const crit: string = header['crit'];
  return [uuid, payload, signature, iat, crit].join();
}

export function edge(options: TppOptions, bytes: Uint8Array): Promise<Response> {
  const signer = new Signer({ app: 'a', certificate: bytes });
  const call = { path: '/', payload: '{}' };
  const explanation: Explanation = signer.explain(signer.sign(call), call);
  for (const { reading } of explanation.findings) {
    // @ts-expect-error no such reading
    if (reading === 'certificate-utf16') break;
  }
  // @ts-expect-error a signer verifies, it does not hand out its key
  void signer.certificate;
  // @ts-expect-error the certificate is missing
  new Signer({ app: 'a' });
  // @ts-expect-error a key of WebCrypto's is no certificate
  new Signer({ app: 'a', certificate: {} as CryptoKey });

  const tpp = new Tpp({ ...options, profile: { emptyPayload: 'empty', locationHosts: ['bank.example'] } });
  // @ts-expect-error no such reading of the guide
  new Tpp({ ...options, profile: { emptyPayload: 'null' } });
  // @ts-expect-error methods are in capitals
  tpp.resource({ method: 'get', path: '/', accessToken: '' });
  const token: TokenAnswer = tpp.readToken(200, '{}', 0);
  const kept: string | undefined = token.refreshToken;
  const { location }: { location: string } = tpp.readAuthorise(200, '{}');
  const request: SignedRequest = tpp.resource({ method: 'GET', path: '/accounts', accessToken: token.accessToken });
  void [kept, location, tpp.authorise({ scope: 'aisp' }).request.body, tpp.exchange('c'), tpp.refresh('r')];
  return fetch(request.url, request);
}

// Commands narrow, and each is carried out.
export function carryOut(env: object, now: number): string[] {
  const consent = new Consent(Settings.read(env));
  // @ts-expect-error whoever asks must be somebody
  consent.handle({ type: 'start', scope: 'aisp' }, now);
  return consent.handle({ type: 'start', scope: 'aisp', caller: 1 }, now).map((command: Command): string => {
    switch (command.type) {
      case 'keep': return command.snapshot;
      case 'wake': return String(command.at);
      case 'forget': return '';
      case 'audit': return command.kind;
      case 'claim': return `${command.order} ${command.digest}`;
      case 'deliver': return command.event?.type ?? command.payment?.state ?? '';
      case 'hand': return command.results.map(({ body }) => body).join('');
      case 'count': return `${command.shard} ${command.batch} ${command.counts}`;
      case 'send': return `${command.request.method} ${command.deadlineMs}`;
      case 'answer': return command.outcome.kind === 'failed' ? command.outcome.problem.code : command.outcome.kind;
      default: return command satisfies never;
    }
  });
}

// What a bank leaves out is not there, and lists of one's own rows stay such.
export function shown(text: string, kept: ReadonlyArray<Transaction & { seen: boolean }>): string {
  const rows: Transaction[] = transactions(text);
  const next: string | undefined = nextPage(text);
  const merged = mergeTransactions(kept, rows.map((row) => ({ ...row, seen: false })));
  // @ts-expect-error a bank may leave the amount out
  const certain: Money = rows[0]?.amount;
  // @ts-expect-error an amount is a text: a float would not hold it
  const float: number = merged[0]?.amount?.value;
  const isOne = merged.some((row) => row.seen && sameTransaction(row, { rest: '{}' }));
  return [certain, float, next, isOne, rows[0]?.rest].join();
}
