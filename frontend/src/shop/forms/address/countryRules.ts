/** Countries whose addresses need a state: its tax, or the post, asks for it. */
const WITH_STATE = new Set(['AU', 'BR', 'CA', 'IN', 'JP', 'MX', 'US']);

/** Countries that have no postal codes. */
const WITHOUT_CODE = new Set(['AE', 'AO', 'BW', 'HK', 'MW', 'RW', 'UG', 'ZW']);

/** Countries where the code may be left out: few addresses have one. */
const CODE_OPTIONAL = new Set(['IE', 'KE', 'TZ', 'ZM']);

export function hasState(country: string): boolean {
  return WITH_STATE.has(country);
}

export function hasCode(country: string): boolean {
  return !WITHOUT_CODE.has(country);
}

export function needsCode(country: string): boolean {
  return hasCode(country) && !CODE_OPTIONAL.has(country);
}
