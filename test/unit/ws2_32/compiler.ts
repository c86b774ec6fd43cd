// A C compiler with Windows' headers, as the authority on constants and layouts. Nothing is linked or run.
import { spawnSync } from 'node:child_process';

const compiler = 'x86_64-w64-mingw32-gcc';
const headers = ['winsock2.h', 'ws2tcpip.h', 'mswsock.h', 'mstcpip.h', 'ws2spi.h', 'afunix.h'];
const prelude = ['#define _WIN32_WINNT 0x0A00', '#include <stddef.h>'].concat(
  headers.map((header) => `#if __has_include(<${header}>)\n#include <${header}>\n#endif`),
);

/** Why there is no compiler, for the name of what is skipped; undefined if there is one. */
export const missing: string | undefined =
  spawnSync(compiler, ['--version']).status === 0
    ? undefined
    : `${compiler} is not installed (Debian: apt-get install gcc-mingw-w64-x86-64)`;

/** The name of tests that need the compiler, with the reason if they are skipped. */
export function needsCompiler(name: string): string {
  return missing ? `${name} [skipped: ${missing}]` : name;
}

function run(lines: readonly string[], options: readonly string[]) {
  const input = [...prelude, ...lines, ''].join('\n');
  return spawnSync(compiler, ['-x', 'c', '-std=gnu11', ...options, '-'], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
}

/** The assertions of these lines of C that the compiler says are false, and what else it has against them. */
export function complaints(lines: readonly string[], options: readonly string[] = []): string[] {
  const { stderr } = run(lines, ['-fsyntax-only', ...options]);
  return stderr.split('\n').filter((line) => line.includes('error:'));
}

/** What the preprocessor makes of each macro's name. */
export function expanded(names: readonly string[]): string[] {
  const { stdout } = run(
    names.map((name) => `expanded: ${name} ;`),
    ['-E', '-P'],
  );
  return [...stdout.matchAll(/expanded: ([^;]*);/g)].map(([, text]) => text.trim());
}

export function assertion(condition: string, message: string): string {
  return `_Static_assert(${condition}, "${message}");`;
}
