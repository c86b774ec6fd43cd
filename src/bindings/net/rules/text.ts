/**
 * The strict text forms of addresses, as `inet_pton` takes them: four plain decimal parts; eight hexadecimal
 * groups with at most one `::` and perhaps a dotted tail.
 */
export function parseIPv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const bytes = new Uint8Array(4);
  for (let i = 0; i < 4; i++) {
    if (!/^(0|[1-9]\d{0,2})$/.test(parts[i]) || Number(parts[i]) > 255) return undefined;
    bytes[i] = Number(parts[i]);
  }
  return bytes;
}

export function parseIPv6(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0], halves.length === 1);
  const tail = halves.length === 2 ? groups(halves[1], true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 255]));
}

/** The 16-bit groups of one side of `::`; the last may be a dotted IPv4 tail. */
function groups(side: string, last: boolean): number[] | undefined {
  if (side === '') return [];
  const result: number[] = [];
  const parts = side.split(':');
  for (const [i, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) result.push(Number.parseInt(part, 16));
    else {
      const v4 = last && i === parts.length - 1 ? dottedTail(part) : undefined;
      if (v4 === undefined) return undefined;
      result.push((v4[0] << 8) | v4[1], (v4[2] << 8) | v4[3]);
    }
  }
  return result;
}

/** Windows allows leading zeros here, up to three digits a part. */
function dottedTail(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((p) => /^\d{1,3}$/.test(p) && Number(p) <= 255)) return undefined;
  return parts.map(Number);
}
