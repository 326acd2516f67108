import { reasonLength } from '@diemnong/contracts';
import { useState } from 'react';

export type TypedReason = {
  /** As it is typed. */
  value: string;
  onChange: (value: string) => void;
  /** Too short, and somebody tried to go on with it. */
  isMissing: boolean;
  /** The reason, to go on with; undefined when it is too short, which is told from then on. */
  read: () => string | undefined;
};

/** A reason that somebody is asked for, beginning with none. */
export function useReason(): TypedReason {
  const [value, setValue] = useState('');
  const [isTried, setTried] = useState(false);
  const reason = value.trim();
  const isShort = reason.length < reasonLength.least;
  return {
    value,
    onChange: setValue,
    isMissing: isTried && isShort,
    read: () => {
      setTried(true);
      return isShort ? undefined : reason;
    },
  };
}
