import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkUserIp } from '../src/check/user-ip.ts';
import { Refusal } from '../src/refusal.ts';

function refused(error: unknown): boolean {
  return error instanceof Refusal && error.status === 400 && error.rule === 'ACC-1';
}

test('ACC-1: without the header nobody is present, with a public address the PSU is', () => {
  assert.deepEqual(checkUserIp(null), { attended: false });
  const v4 = ['81.2.69.142', '192.0.2.1', '198.20.0.1', '203.0.113.1'];
  for (const address of [...v4, '2a02:8010::1', '2001:DB8::7', '::ffff:81.2.69.142']) {
    assert.deepEqual(checkUserIp(address), { attended: true }, address);
  }
});

test('ACC-1: private, loopback and reserved addresses are refused', () => {
  const v4 = ['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '169.254.0.1', '172.31.0.1', '192.0.0.8'];
  const v6 = ['::', '::1', 'fe80::1', 'fd00::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:7f00:1'];
  const reserved = ['192.88.99.1', '198.18.0.1', '198.19.255.255', '224.0.0.1', '240.0.0.1', '2001::1', '4000::1'];
  for (const address of [...v4, '192.168.1.1', ...reserved, ...v6]) assert.throws(() => checkUserIp(address), refused);
});

test('ACC-1: what is no address is refused', () => {
  const wrong = ['', 'unknown', '1.2.3', '1.2.3.4.5', '01.2.3.4', '256.1.1.1', '81.2.69.142:80', '1.1.1.1, 1.1.1.2'];
  const wrong6 = ['2a02:::1', '2a02::1::2', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8', 'fe80::1%eth0'];
  for (const address of [...wrong, ...wrong6, '12345::', '81.2.69.142::']) {
    assert.throws(() => checkUserIp(address), refused);
  }
});
