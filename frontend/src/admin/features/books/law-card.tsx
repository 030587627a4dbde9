import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { LawOut, State } from '@/api/gen/types.gen';
import type { MessageKey } from '@/admin/i18n';
import { useT } from '@/admin/i18n';
import { Badge, Card, cn } from '@/admin/ui';
import type { Tone } from '@/admin/ui';

const LOOK: Record<State, { icon: typeof CircleCheck; tone: Tone; ink: string; says: MessageKey }> =
  {
    holds: { icon: CircleCheck, tone: 'good', ink: 'text-good', says: 'books.state_holds' },
    broken: { icon: CircleX, tone: 'danger', ink: 'text-danger', says: 'books.state_broken' },
    'not yet': {
      icon: CircleDashed,
      tone: 'neutral',
      ink: 'text-muted',
      says: 'books.state_not_yet',
    },
  };

/** The laws about one subject, each with its state; what breaks one is named. */
export function LawCard({ about, laws }: { about: string; laws: readonly LawOut[] }) {
  return (
    <Card title={<span className="inline-block first-letter:uppercase">{about}</span>} flush>
      <ul className="divide-y divide-line border-t border-line">
        {laws.map((law) => (
          <Law key={law.name} law={law} />
        ))}
      </ul>
    </Card>
  );
}

function Law({ law }: { law: LawOut }) {
  const t = useT();
  const { icon: Icon, tone, ink, says } = LOOK[law.state];
  const isBroken = law.state === 'broken';
  return (
    <li className={cn('flex gap-3 px-4 py-3', isBroken && 'bg-danger-tint')}>
      <Icon aria-hidden className={cn('mt-0.5 size-[18px] shrink-0', ink)} />
      <div className="min-w-0 flex-1">
        <p>{law.says}</p>
        <p className="font-mono text-xs break-all text-muted">{law.name}</p>
        {isBroken && <Breaches law={law} />}
      </div>
      <Badge tone={tone}>{t(says)}</Badge>
    </li>
  );
}

function Breaches({ law }: { law: LawOut }) {
  const t = useT();
  const more = law.broken - law.examples.length;
  return (
    <div className="mt-2 text-danger">
      <p className="font-medium">{t('books.broken_by', { count: law.broken })}</p>
      <ul className="list-disc pl-4 font-mono text-[13px] break-all">
        {law.examples.map((example) => (
          <li key={example}>{example}</li>
        ))}
      </ul>
      {more > 0 && <p>{t('books.and_more', { count: more })}</p>}
    </div>
  );
}
