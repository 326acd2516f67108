import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from './Button.tsx';

type CopyButtonProps = { text: string; label: string; doneLabel: string };

/** Puts a text into the clipboard. */
export function CopyButton({ text, label, doneLabel }: CopyButtonProps) {
  const [isDone, setDone] = useState(false);
  const copy = async () => {
    setDone(await writeClipboard(text));
  };
  return (
    <Button onClick={() => void copy()}>
      {isDone ? <IconCheck size="1.125em" aria-hidden /> : <IconCopy size="1.125em" aria-hidden />}
      <span aria-live="polite">{isDone ? doneLabel : label}</span>
    </Button>
  );
}

/** navigator.clipboard exists on https and localhost only; an intranet on plain http has the older command. */
async function writeClipboard(text: string): Promise<boolean> {
  if (window.isSecureContext)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  const field = document.createElement('textarea');
  field.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  return isCopied;
}
