const ENOUGH = 64_000; // bytes: a header of any shop system fits

/** The names in the first line of a CSV file. */
export async function headerOf(file: Blob): Promise<string[]> {
  const start = (await file.slice(0, ENOUGH).text()).replace(/^\ufeff/, '');
  const names: string[] = [];
  let name = '';
  let quoted = false;
  for (const char of start) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && /[,;\t\r\n]/.test(char)) {
      names.push(name.trim());
      name = '';
      if (/[\r\n]/.test(char)) return names.filter(Boolean);
    } else name += char;
  }
  return [...names, name.trim()].filter(Boolean);
}
