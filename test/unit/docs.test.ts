import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Snippet {
  readonly title: string;
  readonly program: string;
  /** What it says behind each `console.log` that it prints. */
  readonly prints: readonly string[];
}

function snippetsOf(file: string): Snippet[] {
  const page = readFileSync(`${root}docs/${file}`, 'utf8').replaceAll('\r\n', '\n');
  return [...page.matchAll(/^```js\n(.*?)^```$/gms)].map((match) => {
    const program = match[1];
    const line = page.slice(0, match.index).split('\n').length;
    const prints = [...program.matchAll(/^\s*console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
    return { title: `docs/${file}:${line}`, program, prints };
  });
}

function run(program: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    // From here the package finds itself by its own name.
    cwd: root,
    env: { ...process.env, WINSOCK_BINDING: 'net' },
    timeout: 15_000,
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...output })));
}

const pages = readdirSync(`${root}docs`).filter((file) => file.endsWith('.md'));

describe.each(pages.flatMap(snippetsOf))('$title', ({ program, prints }) => {
  test('prints what it says', async () => {
    expect(prints.length).toBeGreaterThan(0);
    const { code, stdout, stderr } = await run(program);
    expect({ code, lines: stdout.split(/\r?\n/).slice(0, -1) }, stderr).toEqual({ code: 0, lines: prints });
  });
});
