import { invalidRequest, quoted } from '../refusal.ts';

/** ACC-1: `x-user-ip` is the PSU's own public address. Gives whether the PSU is present. */
export function checkUserIp(header: string | null): { attended: boolean } {
  if (header === null) return { attended: false };
  const v4 = parseV4(header);
  const v6 = v4 === undefined ? parseV6(header) : undefined;
  if (v4 === undefined && v6 === undefined) {
    const description = 'The x-user-ip is no IPv4 or IPv6 address; send one address, without port or list.';
    throw invalidRequest('ACC-1', description, { expected: 'one public address', came: quoted(header) });
  }
  if ((v4 !== undefined && isPrivateV4(v4)) || (v6 !== undefined && isPrivateV6(v6))) {
    throw invalidRequest(
      'ACC-1',
      'The x-user-ip is private, loopback or reserved; send the public address of the PSU as your edge saw it, ' +
        'or leave the header out when the PSU is not present.',
      { expected: 'one public address', came: quoted(header) },
    );
  }
  return { attended: true };
}

function parseV4(text: string): number[] | undefined {
  const parts = text.split('.');
  // A leading zero is octal to some parsers, so it is no decimal octet here.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const octets = parts.map(Number);
  return octets.every((octet) => octet <= 255) ? octets : undefined;
}

/** The eight groups of an IPv6 address (RFC 4291, 2.2), without a zone. */
function parseV6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  // An IPv4 address may stand at the very end alone.
  const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (tail === undefined) return head.length === 8 ? head : undefined;
  const zeros = 8 - head.length - tail.length;
  return zeros >= 1 ? [...head, ...new Array<number>(zeros).fill(0), ...tail] : undefined;
}

function parseGroups(text: string, mayEndInV4: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const v4 = mayEndInV4 && index === parts.length - 1 ? parseV4(part) : undefined;
    if (v4 !== undefined) {
      const [a = 0, b = 0, c = 0, d = 0] = v4;
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}

/**
 * What IANA's registries call not globally reachable, and the relays of 6to4 (RFC 7526). Documentation addresses
 * (RFC 5737) pass: a developer's machine has no better one to send.
 */
function isPrivateV4([a = 0, b = 0, c = 0]: readonly number[]): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 0 && c === 0) ||
    (a === 192 && b === 88 && c === 99) ||
    (a === 192 && b === 168) ||
    (a === 198 && (b === 18 || b === 19))
  );
}

function isPrivateV6(groups: readonly number[]): boolean {
  const [first = 0, second = 0] = groups;
  const [high = 0, low = 0] = groups.slice(6);
  // ::ffff:0:0/96 is an IPv4 address in other clothes.
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return isPrivateV4([high >> 8, high & 255, low >> 8, low & 255]);
  // Global unicast is 2000::/3 (RFC 4291, 2.4); of it 2001::/32 is Teredo (RFC 4380), the address of a tunnel.
  return (first & 0xe000) !== 0x2000 || (first === 0x2001 && second === 0);
}
