/** True when a key belongs to what has the focus (a field, an open dialog) and is no command. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('dialog, [role="dialog"], [role="listbox"]') !== null) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button'].includes(target.type) || event.key.startsWith('Arrow');
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
