import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useT } from '@/admin/i18n';
import { Button, Card, FileDrop, FormErrors, PageHeader, Skeleton, toProblem } from '@/admin/ui';
import { fileSize } from '@/admin/ui/format';
import { ColumnMap } from '../imports/column-map';
import { ImportOptionsForm } from '../imports/import-options';
import { ImportActions, ImportReport, useImport } from '../imports/import-report';
import { isRunning } from '../imports/import-status';
import { HANDLE, missing } from '../imports/mapping';
import { useImportForm } from '../imports/use-import-form';

/** A file: what its columns are, how to import it, a trial that writes nothing, and the import. */
export default function ImportNew() {
  const t = useT();
  const navigate = useNavigate();
  const form = useImportForm();
  const { chosen, draft, look, send } = form;
  // A trial holds for the file, the columns and the settings that it was made with.
  const now = JSON.stringify([chosen?.file.lastModified, chosen?.mapping, draft.value]);
  const [tried, setTried] = useState<{ id: string; as: string }>();
  const isTried = tried?.as === now;
  const { found, list } = useImport(isTried ? tried.id : undefined);
  const trial = isTried ? found.data : undefined;

  const start = async (dry_run: boolean) => {
    const made = await send.mutateAsync({ dry_run }).catch(() => undefined);
    if (!made) return;
    if (dry_run) setTried({ id: made.id, as: now });
    else void navigate(`/imports/${made.id}`);
  };
  const impossible = !chosen || missing(chosen.mapping).includes(HANDLE);
  const trying = isTried && (!trial || isRunning(trial));
  const good = trial ? trial.products.created + trial.products.updated : 0;
  const hint = () => {
    if (impossible) return t('imports.needs_mapping');
    return trial && !trying ? t('imports.would', { count: good }) : t('imports.dry_run_hint');
  };
  return (
    <>
      <PageHeader
        title={t('imports.begin')}
        sub={t('imports.begin_hint')}
        back={{ to: '/imports', label: t('imports.back') }}
      />
      <div className="max-w-4xl space-y-4">
        {look.isError && (
          <FormErrors title={t('imports.unreadable')} messages={[told(look.error)]} />
        )}
        {chosen ? (
          <>
            <Card
              title={chosen.file.name}
              hint={t('imports.file_hint', {
                size: fileSize(chosen.file.size),
                count: chosen.preview.columns.length,
              })}
              actions={
                <Button size="small" onClick={form.forget}>
                  {t('imports.other_file')}
                </Button>
              }
              flush
            >
              <ColumnMap
                key={chosen.file.name + String(chosen.file.lastModified)}
                columns={chosen.preview.columns}
                targets={form.targets}
                mapping={chosen.mapping}
                onChange={form.map}
              />
            </Card>
            <Card title={t('imports.how')}>
              <ImportOptionsForm draft={draft} locations={form.locations} />
            </Card>
            <FormErrors title={t('imports.not_begun')} messages={draft.messages} />
            <div className="sticky bottom-0 z-10 -mx-1 flex flex-wrap items-center justify-end gap-2 border-t border-line bg-paper px-1 py-3">
              <output className="mr-auto text-[13px] text-muted">{hint()}</output>
              <Button
                busy={send.isPending}
                disabled={impossible || trying || (trial !== undefined && good === 0)}
                onClick={() => void start(false)}
                look={trial ? 'primary' : 'plain'}
              >
                {t('imports.run')}
              </Button>
              {!trial && (
                <Button
                  look="primary"
                  busy={send.isPending || trying}
                  disabled={impossible}
                  onClick={() => void start(true)}
                >
                  {t('imports.try')}
                </Button>
              )}
            </div>
          </>
        ) : (
          <Card>
            <FileDrop
              label={t('imports.drop')}
              hint={t('imports.formats')}
              accept=".csv,.tsv,.txt,text/csv"
              busy={look.isPending}
              onFiles={([file]) => file && look.mutate(file)}
            />
          </Card>
        )}
        {isTried && (
          <section aria-label={t('imports.dry_run')}>
            {trial ? (
              <>
                <div className="mb-3 flex flex-wrap items-center gap-2">
                  <h2 className="mr-auto text-base font-semibold">{t('imports.trial_title')}</h2>
                  <ImportActions data={trial} onStopped={() => found.refetch()} />
                </div>
                <ImportReport data={trial} list={list} />
              </>
            ) : (
              <Skeleton className="h-40 rounded-xl" />
            )}
          </section>
        )}
      </div>
    </>
  );
}

function told(error: unknown): string {
  const { title, detail, errors } = toProblem(error);
  return errors[0]?.message ?? (detail || title);
}
