import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { type InputHTMLAttributes, type Ref, useState } from 'react';
import styles from './fields.module.css';
import { IconButton } from './IconButton.tsx';
import { TextInput } from './TextInput.tsx';

type PasswordInputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & {
  showLabel: string;
  hideLabel: string;
  ref?: Ref<HTMLInputElement>;
};

/** A password, hidden until its eye is pressed: typing it unseen twice teaches short passwords. */
export function PasswordInput({ showLabel, hideLabel, ...rest }: PasswordInputProps) {
  const [isShown, setShown] = useState(false);
  const Eye = isShown ? IconEyeOff : IconEye;
  return (
    <span className={styles.password}>
      <TextInput {...rest} type={isShown ? 'text' : 'password'} autoCapitalize="off" spellCheck={false} />
      <IconButton label={isShown ? hideLabel : showLabel} aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        <Eye size="1.25em" stroke={1.75} aria-hidden />
      </IconButton>
    </span>
  );
}
