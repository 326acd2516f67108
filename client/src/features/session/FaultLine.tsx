import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import page from '../../ui/page.module.css';

type FaultLineProps = { error: Error | null };

/** Why the server did not do what a form asked, in its words; nothing while there is no fault. */
export function FaultLine({ error }: FaultLineProps) {
  const language = useLanguage();
  return (
    error && (
      <p className={page.fault} role="alert">
        {saidIn(error.message, language)}
      </p>
    )
  );
}
