export interface Outcome {
  intentId: string;
  uuid: string;
  /** The authorisation code; null when the PSU declined. */
  code: string | null;
}

/** RED-1, RED-2: the redirect URL with the outcome added behind its own query, which stays as it is. */
export function redirectBack(redirectUrl: string, { intentId, uuid, code }: Outcome): string {
  const { href } = new URL(redirectUrl);
  const outcome = new URLSearchParams({ 'intent-id': intentId, uuid, authorisation_code: code ?? 'null' });
  if (!href.includes('?')) return `${href}?${outcome}`;
  return `${href}${/[?&]$/.test(href) ? '' : '&'}${outcome}`;
}
