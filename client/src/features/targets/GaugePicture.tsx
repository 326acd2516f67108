import { TargetGauge } from '@diemnong/charts';
import type { Fraction } from '@diemnong/contracts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useTheme } from '../../state/theme.ts';
import { useWidth } from '../charts/use-width.ts';
import styles from './targets.module.css';
import { useIsPrinting } from './use-is-printing.ts';

type GaugePictureProps = { fraction: Fraction; name: string };

/** Height of a gauge as a part of its width. */
const flatness = 0.62;

/** The gauge as wide as there is room. */
export function GaugePicture({ fraction, name }: GaugePictureProps) {
  const { ref, width = 0 } = useWidth<HTMLDivElement>();
  const language = useLanguage();
  const { theme } = useTheme();
  const isPrinting = useIsPrinting();
  const frame = {
    language,
    theme: isPrinting ? ('print' as const) : theme,
    width,
    height: Math.round(width * flatness),
  };
  return (
    <div ref={ref} className={styles.gauge}>
      {width > 0 && <TargetGauge fraction={fraction} frame={frame} name={name} />}
    </div>
  );
}
