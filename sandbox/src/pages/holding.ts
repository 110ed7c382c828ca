import { html } from 'hono/html';
import { type Markup, layout } from './layout.ts';

export interface NextStep {
  tokenUrl: string;
  /** How long a code lives. */
  codeSeconds: number;
}

const LONGEST = 2048;

/** RED-1, RED-2: what the bank sends back, as text, for a person to go on by hand. */
export function holdingPage(query: URLSearchParams, nextStep: NextStep): Markup {
  const [intentId, uuid, code] = ['intent-id', 'uuid', 'authorisation_code'].map((name) => read(query, name));
  if (intentId === undefined || uuid === undefined) return nothingPage();
  const accepted = code !== undefined && code !== '' && code !== 'null';
  const decided = accepted ? 'The person has accepted.' : 'The person has declined, or failed to prove who they are.';
  const content = html`<p>${decided} The application has no redirect URL, so the bank sends them here, and
        shows what it would have sent there.</p>
      <dl>
        <dt>intent-id</dt>
        <dd><code>${intentId}</code></dd>
        <dt>uuid</dt>
        <dd><code>${uuid}</code></dd>
        <dt>authorisation_code</dt>
        <dd><code>${accepted ? code : 'null'}</code></dd>
      </dl>
      ${accepted ? exchange(code, nextStep) : NO_CODE}`;
  return layout({ title: accepted ? 'Accepted' : 'Declined', wide: true, content });
}

const NO_CODE = html`<p>There is no code, so nothing to exchange. Authorise again to go on.</p>`;

function exchange(code: string, { tokenUrl, codeSeconds }: NextStep): Markup {
  const lifetime = codeSeconds >= 120 ? `${Math.floor(codeSeconds / 60)} minutes` : `${codeSeconds} seconds`;
  return html`<h2>The next step</h2>
      <p>Exchange the code for tokens within ${lifetime}. It works once. The call
        has your client id and secret as Basic credentials, and a signature of the two fields as a JSON object in the
        header <code>x-jws-signature</code>, with the path <code>/access-token</code>.</p>
      <pre tabindex="0" role="region" aria-label="The call as a curl line"><code>curl ${tokenUrl} \\
  --user "$CLIENT_ID:$CLIENT_SECRET" \\
  --header "x-jws-signature: $SIGNATURE" \\
  --data grant_type=authorization_code \\
  --data code=${code}</code></pre>
      <p>What is signed:</p>
      <pre tabindex="0" role="region" aria-label="The payload that is signed"><code>${payloadOf(code)}</code></pre>`;
}

function payloadOf(code: string): string {
  return JSON.stringify({ grant_type: 'authorization_code', code });
}

function nothingPage(): Markup {
  const content = html`<p>The bank sends a person here when an application without a redirect URL has asked for an
        authorisation. This page then shows what came of it. There is nothing to show at this address.</p>
      <p><a href="/portal">Developer portal</a></p>`;
  return layout({ title: 'Holding page', content });
}

/** Visible ASCII alone (RED-2a), so that nothing on the page or in the line to copy is other than it seems. */
function read(query: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = query.getAll(name);
  if (value === undefined || others.length > 0 || value.length > LONGEST) return undefined;
  return /^[A-Za-z0-9._~+/=-]*$/.test(value) ? value : undefined;
}
