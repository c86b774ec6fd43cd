import { describe, expect, test } from 'vitest';
import { type StructName, structs } from '../../../src/ws2_32/structs/definitions.js';
import { type Architecture, layoutOf, offsetof, sizeof } from '../../../src/ws2_32/structs/layouts.js';
import { assertion, complaints, missing, needsCompiler } from './compiler.js';

const names = Object.keys(structs) as StructName[];

/** C calls the old structs by their tag, the Windows ones by a typedef. */
function typeName(name: string): string {
  return /^[a-z]/.test(name) ? `struct ${name}` : name;
}

function assertions(name: StructName, arch: Architecture): string[] {
  const type = typeName(name);
  const { size, fields } = layoutOf(name, arch);
  const lines = [assertion(`sizeof(${type}) == ${size}`, `sizeof ${name} is not ${size}`)];
  for (const [field, { offset, size: bytes }] of Object.entries(fields)) {
    const at = `offsetof(${type}, ${field}) == ${offset}`;
    const wide = `sizeof(((${type} *)0)->${field}) == ${bytes}`;
    lines.push(assertion(`${at} && ${wide}`, `${name}.${field} is not ${bytes} bytes at ${offset}`));
  }
  return lines;
}

describe.skipIf(missing)(needsCompiler("struct layouts as mingw-w64's headers have them"), () => {
  test.each<[Architecture, string]>([
    ['x64', '-m64'],
    ['ia32', '-m32'],
  ])('%s', (arch, option) => {
    const lines = names.flatMap((name) => assertions(name, arch));
    expect(complaints(lines, [option])).toEqual([]);
  });

  test('a wrong size is found', () => {
    expect(complaints([assertion('sizeof(struct timeval) == 16', 'as on Linux')])).toHaveLength(1);
  });
});

test('WSADATA and servent have their fields in another order in a 32-bit process', () => {
  expect(layoutOf('WSADATA', 'x64')).toMatchObject({ size: 408, fields: { szDescription: { offset: 16 } } });
  expect(layoutOf('WSADATA', 'ia32')).toMatchObject({ size: 400, fields: { szDescription: { offset: 4 } } });
  expect(layoutOf('servent', 'x64').fields.s_port.offset).toBe(24);
  expect(layoutOf('servent', 'ia32').fields.s_port.offset).toBe(8);
});

test('sizeof and offsetof are those of the running kind of process', () => {
  expect(sizeof('timeval')).toBe(8);
  expect(offsetof('sockaddr_in', 'sin_addr')).toBe(4);
  expect(sizeof('WSADATA')).toBe(process.arch === 'ia32' ? 400 : 408);
});
