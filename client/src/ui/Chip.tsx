import { IconX } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import styles from './ui.module.css';

type ChipProps = {
  children: ReactNode;
  /** The chip that tells the layer is filled, filters are outlined. */
  isFilled?: boolean;
  onClick?: () => void;
  /** With it a cross is drawn; `removeLabel` says what it takes away. */
  onRemove?: () => void;
  removeLabel?: string;
  isExpanded?: boolean;
  ref?: Ref<HTMLDivElement>;
};

/** A filter as a pill: its word opens the choice, its cross takes the filter away. */
export function Chip({ children, isFilled = false, onClick, onRemove, removeLabel, isExpanded, ref }: ChipProps) {
  return (
    <div ref={ref} className={styles.chip} data-filled={isFilled || undefined}>
      <button
        type="button"
        className={styles.chipWord}
        onClick={onClick}
        aria-expanded={isExpanded}
        aria-haspopup="dialog"
      >
        {children}
      </button>
      {onRemove && (
        <button
          type="button"
          className={styles.chipCross}
          onClick={onRemove}
          aria-label={removeLabel}
          title={removeLabel}
        >
          <IconX size="1em" aria-hidden />
        </button>
      )}
    </div>
  );
}
