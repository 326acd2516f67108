import { IconFileUpload } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import styles from './drop-zone.module.css';
import buttonStyles from './ui.module.css';

type DropZoneProps = {
  title: ReactNode;
  hint: ReactNode;
  buttonLabel: string;
  /** For the file dialog, e.g. ".csv,.xlsx"; a dropped file is not held to it. */
  accept: string;
  isDisabled?: boolean;
  onFile: (file: File) => void;
};

/** Takes one file by drop, or by its button. The whole area takes the drop, the button takes the keyboard. */
export function DropZone({ title, hint, buttonLabel, accept, isDisabled = false, onFile }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const hintId = useId();
  const take = (files: FileList | null) => {
    const file = files?.item(0);
    if (file && !isDisabled) onFile(file);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the drop is a shortcut; the button inside does the same
    <section
      className={styles.zone}
      data-over={isOver || undefined}
      aria-label={buttonLabel}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!isDisabled);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <IconFileUpload className={styles.icon} size="2.25em" stroke={1.5} aria-hidden />
      <div className={styles.words}>
        <strong>{title}</strong>
        <span id={hintId}>{hint}</span>
      </div>
      <label className={`${buttonStyles.button} ${styles.button}`} data-disabled={isDisabled || undefined}>
        {buttonLabel}
        <input
          type="file"
          className="visually-hidden"
          accept={accept}
          disabled={isDisabled}
          aria-describedby={hintId}
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = ''; // the same file can be chosen again
          }}
        />
      </label>
    </section>
  );
}
