import { Hono } from 'hono';
import { readForm } from '../check/body.ts';
import { invalidGrant, readGrant } from '../check/grant.ts';
import { type Environment, allowOnly, bodyOf, checkOwn, clientOf, note, refuseQuery, signedBy } from '../context.ts';
import { permissionsOf } from '../life.ts';
import { hashOf, newToken, newTokensFor } from '../tokens.ts';

/** TOK-1, REF-1: a code or a refresh token for new tokens. */
export const accessToken = new Hono<Environment>();

accessToken.post('/access-token', async (call) => {
  const { settings, desk, now } = call.var;
  refuseQuery(call, 'TOK-1');
  const client = await clientOf(call);
  const fields = readForm(await bodyOf(call, 'application/x-www-form-urlencoded', 'TOK-1'), 'TOK-1');
  const { app } = checkOwn(client, await signedBy(call, { kind: 'form', fields }));
  const { kind, secret, ignored } = readGrant(fields, settings);
  if (ignored.length > 0) {
    const them = ignored.length === 1 ? 'this field' : 'these fields';
    note(call, `Ignored in the form: ${ignored.join(', ')}. The protocol has no use for ${them} (TOK-1).`);
  }
  const { lifetimes } = settings;
  const rotation = call.env.rotation ?? lifetimes.rotation;
  const isReplaced = kind === 'refresh' && rotation !== 'none';
  const { access, refresh } = isReplaced ? await newTokensFor(secret) : { access: newToken(), refresh: newToken() };
  const isKept = kind === 'refresh' && rotation === 'none';
  const redemption = {
    kind,
    app,
    hash: await hashOf(secret),
    accessHash: await hashOf(access),
    refreshHash: isKept ? null : await hashOf(refresh),
    accessTokenSeconds: kind === 'code' ? lifetimes.accessSeconds : lifetimes.refreshedAccessSeconds,
    graceSeconds: rotation === 'grace' ? lifetimes.graceSeconds : 0,
  };
  const redeemed = await desk.redeem(redemption, now);
  if (redeemed.intentId !== undefined) call.env.observer?.concerns?.({ intentId: redeemed.intentId });
  if (!redeemed.issued) throw invalidGrant(kind, redeemed.reason);
  const { intentId } = redeemed;
  call.env.observer?.issued({ kind: 'access', secret: access, intentId });
  if (!isKept) call.env.observer?.issued({ kind: 'refresh', secret: refresh, intentId });
  return call.json({
    access_token: access,
    ...(!isKept && { refresh_token: refresh }),
    token_type: 'Bearer',
    expires_in: redeemed.expiresIn,
    scope: permissionsOf(redeemed.scope, redeemed.permissions),
  });
});

accessToken.all('/access-token', allowOnly('POST', 'TOK-1'));
