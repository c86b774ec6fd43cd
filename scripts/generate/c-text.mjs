/** The function as C declares it, on one line. */
export function prototype(name, entry) {
  const declare = ({ name, type }) => `${type.replace(/\*$/, ' *')}${type.endsWith('*') ? '' : ' '}${name}`;
  const params = entry.params.map(declare).join(', ');
  const returns = `${entry.returns.replace(/\*$/, ' *')}${entry.returns.endsWith('*') ? '' : ' '}`;
  return `${returns}${name}(${params || 'void'})`;
}

/** The functions that the interface has, as [name, entry]. */
export function implemented({ functions, implementedFunctions }) {
  return implementedFunctions.map((name) => [name, functions[name]]);
}
