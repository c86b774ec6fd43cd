/** The TypeError for a value of the wrong kind; the addon's have the same words. */
export function wrongKind(name: string, parameter: string, wanted: string, value: unknown): TypeError {
  const error = new TypeError(`${name}: ${parameter} must be ${wanted}, got ${kindOf(value)}`);
  return Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
