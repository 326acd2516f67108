import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './help.module.css';

type HelpDialogProps = { onClose: () => void };

/** Keys of the keyboard → key of shell.json that says what they do. */
const keys = [
  ['␣', 'play'],
  ['← →', 'step'],
  ['/', 'search'],
  ['1 – 8', 'panels'],
  ['P', 'present'],
  ['+ −', 'zoom'],
  ['Esc', 'close'],
  ['?', 'help'],
] as const;

export function HelpDialog({ onClose }: HelpDialogProps) {
  const { t } = useTranslation('shell');
  return (
    <Dialog title={t('help.title')} closeLabel={t('help.close')} onClose={onClose}>
      <dl className={styles.keys}>
        {keys.map(([key, name]) => (
          <div key={name}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`help.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <h3 className={styles.heading}>{t('help.readingTitle')}</h3>
      <ul className={styles.reading}>
        <li>{t('help.readingCells')}</li>
        <li>{t('help.readingMissing')}</li>
        <li>{t('help.readingChange')}</li>
        <li>{t('help.readingLocked')}</li>
        <li>{t('help.readingPast')}</li>
      </ul>
    </Dialog>
  );
}
