import { html } from 'hono/html';
import type { EnvironmentName } from '../../life.ts';
import { type Validity, factsOf } from '../../portal/certificate.ts';
import { USUAL_OVERLAP_HOURS } from '../../portal/fields.ts';
import type { RegisteredApplication } from '../../register/applications.ts';
import type { RegisteredCertificate } from '../../register/certificates.ts';
import type { Markup } from '../layout.ts';
import { type Crumb, type Filled, box, buttonForm, field, portalPage, tellings, when } from './parts.ts';

export interface ShownCertificate extends RegisteredCertificate {
  sharedWith: readonly RegisteredApplication[];
}

/** Which bytes were kept, so that a developer can compare them with the file that they sign with. */
export function certificatePart(certificate: ShownCertificate): Markup {
  const { id, app, bytes, addedAt, endsAt, sharedWith } = certificate;
  const { length, sha256, lineEnds, finalNewline, byteOrderMark, x509 } = factsOf(bytes);
  return html`<div class="card">
        <p><strong>${endsAt === null ? 'Signs now' : html`Signs until ${when(endsAt)}`}</strong></p>
        <dl>
          <dt>Kept</dt>
          <dd>${length} bytes${byteOrderMark ? ', the first three a byte order mark' : ''}; line ends: ${lineEnds};
            ${finalNewline ? 'a final newline' : 'no final newline'}</dd>
          <dt>SHA-256</dt>
          <dd><code>${sha256}</code></dd>
          <dt>X.509</dt>
          <dd>${x509 === null ? 'no; the sandbox takes it all the same' : validityPart(x509)}</dd>
          <dt>Added</dt>
          <dd>${when(addedAt)}</dd>
          ${sharedWith.length === 0 ? '' : html`<dt>Also of</dt>
          <dd>${sharedWith.map(({ name }) => name).join(', ')}</dd>`}
        </dl>
        ${endsAt === null ? '' : buttonForm(`/portal/applications/${app}/certificates/${id}/end`, 'End it now')}
      </div>
      `;
}

function validityPart({ subject, from, to }: Validity): Markup {
  return html`${subject}, valid ${when(from)} to ${when(to)}`;
}

const LINE_ENDS = { LF: 'LF: Linux and macOS, and openssl there', CRLF: 'CRLF: Windows' };

/** A pasted text, a file, or what another application has. */
export function certificateFields(filled: Filled, others: readonly RegisteredApplication[]): Markup {
  const { given, faults } = filled;
  const hint =
    'The text is the key of every signature, to the byte. A browser does not keep the line ends of what is pasted, ' +
    'so say which ones your file has; a file is kept exactly as it is.';
  const told = tellings('certificate', hint, faults);
  const pasted = typeof given['certificate'] === 'string' ? given['certificate'] : '';
  const ends = given['lineEnds'] === 'CRLF' ? 'CRLF' : 'LF';
  return html`<fieldset class="field">
          <legend>Certificate</legend>
          <label for="certificate">As text</label>
          ${told.markup}
          <textarea id="certificate" name="certificate" rows="7" spellcheck="false" autocomplete="off"
            aria-invalid="${told.isWrong}" aria-describedby="${told.ids}">
${pasted}</textarea>
          <div class="choices" role="radiogroup" aria-label="Line ends of the text">
            ${Object.entries(LINE_ENDS).map(([value, label]) =>
              box({ type: 'radio', name: 'lineEnds', value, label, checked: value === ends }),
            )}
          </div>
          <label for="file">Or as a file</label>
          ${tellings('file', undefined, faults).markup}
          <input id="file" name="file" type="file">
          ${others.length === 0 ? '' : reuse(filled, others)}
        </fieldset>
        `;
}

function reuse({ given, faults }: Filled, others: readonly RegisteredApplication[]): Markup {
  const told = tellings('from', undefined, faults);
  return html`<label for="from">Or that of another application</label>
          ${told.markup}
          <select id="from" name="from" aria-invalid="${told.isWrong}" aria-describedby="${told.ids}">
            <option value="">None</option>
            ${others.map(({ app, name }) => option(app, name, given['from'] === app))}
          </select>`;
}

function option(value: string, name: string, isChosen: boolean): Markup {
  return html`<option value="${value}" ${isChosen ? 'selected' : ''}>${name}</option>
            `;
}

const FOR: Readonly<Record<EnvironmentName, string>> = {
  sandbox: 'Sandbox: any text is taken',
  production: 'Production: X.509, in date, and not the sandbox’s',
};

export function newCertificatePage(
  { app, name }: RegisteredApplication,
  { others, crumbs, filled }: { others: readonly RegisteredApplication[]; crumbs: readonly Crumb[]; filled: Filled },
): Markup {
  const chosen = filled.given['environment'] === 'production' ? 'production' : 'sandbox';
  const content = html`<p>The new certificate signs at once. The one before it signs on for a while, so that no call is
        lost while you change over.</p>
      <form class="fields" method="post" action="/portal/applications/${app}/certificates"
        enctype="multipart/form-data" novalidate>
        <fieldset class="field" id="environment">
          <legend>For</legend>
          ${Object.entries(FOR).map(([value, label]) =>
            box({ type: 'radio', name: 'environment', value, label, checked: value === chosen }),
          )}
        </fieldset>
        ${certificateFields(filled, others)}
        ${field(filled, {
          name: 'overlapHours',
          label: 'Hours that the former one signs on',
          type: 'number',
          hint: 'On the bank’s clock. 0 ends it at once.',
          value: String(USUAL_OVERLAP_HOURS),
        })}
        <button class="primary">Add the certificate</button>
      </form>`;
  return portalPage({ title: `A certificate for ${name}`, crumbs, faults: filled.faults, content });
}
