import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { type CellRes, mostCells, parseCells } from './place-draft.ts';

type CellsInputProps = { res: CellRes; cells: readonly string[]; onTake: (cells: string[]) => void };

/** Hexagons by their codes, for the keyboard and for lists from elsewhere. */
export function CellsInput({ res, cells, onTake }: CellsInputProps) {
  const { t } = useTranslation('area-marking');
  const [text, setText] = useState(cells.join('\n'));
  const read = parseCells(text, res);
  const isTooMany = read.cells.length > mostCells;
  const [firstWrong] = read.wrong;
  return (
    <>
      <Field
        label={t('cells.codes', { res })}
        hint={t('cells.codesHint')}
        error={
          isTooMany
            ? t('cells.tooMany', { most: mostCells })
            : firstWrong === undefined
              ? undefined
              : t('cells.wrong', { word: firstWrong, res })
        }
      >
        {(control) => (
          <TextArea
            {...control}
            rows={5}
            spellCheck={false}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <Button disabled={isTooMany || read.wrong.length > 0} onClick={() => onTake(read.cells)}>
        {t('cells.take', { count: read.cells.length })}
      </Button>
    </>
  );
}
