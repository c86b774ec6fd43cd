// `npm run bench [PART...]`: ratios measured in one run, never absolute promises. A part is a module beside this one
// that exports `title` and `run()`, which gives a table: { columns, rows } or { skipped: 'why' }.
import { cpus } from 'node:os';

const parts = ['calls', 'windows', 'network', 'messages', 'server', 'connections', 'endings'];

function print({ columns, rows }) {
  const lines = [columns, ...rows.map((row) => row.map(String))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  for (const line of lines)
    console.log(
      `  ${line.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ')}`,
    );
}

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
for (const name of chosen) {
  if (!parts.includes(name)) {
    console.error(`There is no part called ${name}: choose from ${parts.join(', ')}`);
    process.exit(2);
  }
}

console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus()[0].model.trim()} x ${cpus().length}`,
);
for (const name of chosen.length > 0 ? chosen : parts) {
  const { title, run } = await import(`./${name}.mjs`);
  console.log(`\n${title}`);
  const result = await run();
  if (result.skipped) console.log(`  left out: ${result.skipped}`);
  else print(result);
}
