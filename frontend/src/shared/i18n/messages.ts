/** A text as the build compiles it (tools/messages.ts): words, places for values, and plurals. */
export type Message = string | Token[];
type Token = string | [name: string] | [name: string, kind: string, cases: Cases];
type Cases = Record<string, Token[] | number | undefined>;

export type Values = Record<string, string | number>;

/** How a language counts: the form that a number takes, and how it is written. */
export interface Counting {
  rules: Intl.PluralRules;
  number: (value: number) => string;
}

/** The text with its values; a name without a value stays empty. */
export function speak(message: Message, values: Values, counting: Counting): string {
  return typeof message === 'string' ? message : said(message, values, counting, '');
}

function said(tokens: Token[], values: Values, counting: Counting, count: string): string {
  return tokens
    .map((token) => {
      if (typeof token === 'string') return token === '#' ? count : token;
      const [name, kind, cases] = token;
      const value = values[name] ?? '';
      if (!kind || !cases) return String(value);
      const chosen = kind === 'plural' ? formOf(Number(value), cases, counting) : cases[value];
      const counted = kind === 'plural' ? counting.number(Number(value)) : count;
      return said((chosen ?? cases.other ?? []) as Token[], values, counting, counted);
    })
    .join('');
}

/** An exact number (`=0`) comes before the form that the language has for it. */
function formOf(value: number, cases: Cases, { rules }: Counting): Cases[string] {
  return cases[value] ?? cases[rules.select(value)];
}
