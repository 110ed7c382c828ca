import { Hono } from 'hono';
import { checkBasic } from '../check/basic.ts';
import { readBody, readForm } from '../check/body.ts';
import { invalidGrant, readGrant } from '../check/grant.ts';
import { type Environment, allowOnly, signedBy } from '../context.ts';
import { permissionsOf } from '../life.ts';
import { hashOf, newToken } from '../tokens.ts';

/** TOK-1, REF-1: a code or a refresh token for new tokens. */
export const accessToken = new Hono<Environment>();

accessToken.post('/access-token', async (call) => {
  const { settings, desk, now } = call.var;
  checkBasic(call.req.header('authorization') ?? null, settings.client);
  const fields = readForm(await readBody(call.req.raw, 'application/x-www-form-urlencoded', 'TOK-1'), 'TOK-1');
  const { app } = await signedBy(call, { kind: 'form', fields });
  const { kind, secret } = readGrant(fields);
  const [access, refresh] = [newToken(), newToken()];
  const redemption = {
    kind,
    app,
    hash: await hashOf(secret),
    accessHash: await hashOf(access),
    refreshHash: await hashOf(refresh),
    accessTokenSeconds: settings.accessTokenSeconds,
  };
  const redeemed = await desk.redeem(redemption, now);
  if (!redeemed.issued) throw invalidGrant(kind, redeemed.reason);
  return call.json({
    access_token: access,
    refresh_token: refresh,
    token_type: 'Bearer',
    expires_in: redeemed.expiresIn,
    scope: permissionsOf(redeemed.scope),
  });
});

accessToken.all('/access-token', allowOnly('POST', 'TOK-1'));
