import type { TargetsResponse } from '@diemnong/contracts';
import { defaultAreaRules } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './targets.module.css';
import { useTargetWords } from './use-target-words.ts';

type RulesDialogProps = { answer: TargetsResponse | undefined; onClose: () => void };

const chapters = [
  { key: 'transformation', rules: ['t1', 't2', 't3', 't4'] },
  { key: 'noRelapse', rules: ['n1', 'n2', 'n3'] },
  { key: 'both', rules: ['b1', 'b2', 'b3', 'b4', 'b5'] },
] as const;

/** The rules of counting in plain words; docs/targets.md has them one by one. */
export function RulesDialog({ answer, onClose }: RulesDialogProps) {
  const { t } = useTranslation('targets');
  const { share } = useTargetWords();
  const targets = {
    transformation: share(answer?.transformation.target ?? defaultAreaRules.transformationTarget),
    noRelapse: share(answer?.noRelapse.target ?? defaultAreaRules.noRelapseTarget),
  };
  return (
    <Dialog title={t('rules.title')} closeLabel={t('close')} onClose={onClose}>
      <div className={styles.rules}>
        {chapters.map(({ key, rules }) => (
          <section key={key}>
            <h3>{t(`rules.${key}`)}</h3>
            <ul>
              {rules.map((rule) => (
                <li key={rule}>{t(`rules.${rule}`, targets)}</li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
