import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const at = (path: string) => new URL(`../${path}`, import.meta.url);
const html = readFileSync(at('index.html'), 'utf8');
const scripts = readdirSync(at('src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(at(`src/${name}`), 'utf8') }));

test('page: index.html has every element that the scripts ask for, once', () => {
  const wanted = scripts.flatMap(({ text }) => [...text.matchAll(/byId\('([^']+)'/g)].map(([, id]) => id));
  assert.ok(wanted.length > 10);
  for (const id of wanted) assert.equal(html.split(` id="${id}"`).length, 2, id);
});

test('page: nothing inline, so that the strict Content-Security-Policy holds', () => {
  assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=/i);
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/i);
  assert.doesNotMatch(html, /(?:src|href)="(?:https?:)?\/\//i);
});

test('page: data never becomes markup', () => {
  for (const { name, text } of scripts) {
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\.cssText/, name);
  }
});

test('page: the headers allow scripts and wasm of its own and nothing from elsewhere', () => {
  const headers = readFileSync(at('public/_headers'), 'utf8');
  const policy = /Content-Security-Policy: (.*)/.exec(headers)?.[1]?.split('; ') ?? [];
  for (const directive of [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]) {
    assert.ok(policy.includes(directive), directive);
  }
  assert.doesNotMatch(headers, /unsafe-inline|'unsafe-eval'|https?:/);
});
