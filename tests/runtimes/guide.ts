/** The guide's examples character by character, as in `tests/vectors/guide`, and what the suite signs and reads. */

export const POCKIT = '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac';

export const GUIDE = {
  authoriseRequest: `{
"aspsp": "8ddb14f1-fecd-41fe-90b7-f8fbda9494ac",
"uuid": "c0fd407d-134b-4091-8e04-ab49a98db217",
"scope": "aisp",
"sandbox_sca": true
}`,
  authoriseAnswer: `{
    "intent-id": "a077e84b-a815-4ed3-81c0-8f85d55e7c47",
    "location": "https://auth.tell.money/v1/authorise/a077e84b-a815-4ed3-81c0-8f85d55e7c47"
}`,
  redirectUrl: 'https://{{your redirect url}}?intent-id=a077e84b-a815-4ed3-81c0-8f85d55e7c47'
    + '&uuid=c0fd407d-134b-4091-8e04-ab49a98db217&authorisation_code=7cfa670a-959c-43d0-bedd-28d744233151',
  tokenAnswer: `{
       "access_token": {{Your new access token}},
       "refresh_token": {{Your new refresh token}},
       "token_type": "Bearer",
       "expires_in": 3600,
       "scope": "balance:read,product:read,accounts:read,beneficiaries:read"
}`,
} as const;

/** RFC 7515 appendix A.1: the key in base64url, a token and its payload. */
export const RFC_7515_A1 = {
  key: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
  token: 'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.'
    + 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.'
    + 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  payload: '{"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}',
} as const;

/** A key with everything that could be lost on the way: CRLF, LF, two final newlines, more than ASCII. */
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\r\nTm9ib2R5J3MgY2VydGlmaWNhdGU6IGEga2V5IGZvciB0ZXN0cw==\n'
  + '-----END CERTIFICATE-----\n# Grüße £\n\n';

/** Signed once by `node:crypto`, which `node.test.ts` asks again. */
export const SIGNED = {
  certificate: CERTIFICATE,
  app: 'app "1" £',
  path: '/accounts/12345678/balance',
  iat: 1_767_225_600,
  payload: '{"Reference":"Grüße \\u00a3", "Amount":"1.10"}',
  token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImFwcCI6ImFwcCBcIjFcIiDCoyIs'
    + 'InBhdGgiOiIvYWNjb3VudHMvMTIzNDU2NzgvYmFsYW5jZSIsImlhdCI6MTc2NzIyNTYwMH0.'
    + 'eyJSZWZlcmVuY2UiOiJHcsO8w59lIFx1MDBhMyIsICJBbW91bnQiOiIxLjEwIn0.'
    + 'gqaFDo_Uz2O0WRMl0KICxLmk7wFfshHFFO0I7lFaInI',
} as const;
