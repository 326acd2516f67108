import type { KeptAnswer } from '../../api/use-last-good.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FailureNotice } from './FailureNotice.tsx';

type AnswerStateProps = {
  answer: Pick<KeptAnswer<unknown>, 'data' | 'error' | 'isLoading' | 'retry'>;
  /** Told when the request failed. */
  failed: string;
  /** Told with it while the last good answer stands below. */
  stands: string;
  /** Grey bars before the first answer. */
  lines: number;
};

/** What stands above a kept answer: grey bars before the first one; why the next one did not come. */
export function AnswerState({ answer: { data, error, isLoading, retry }, failed, stands, lines }: AnswerStateProps) {
  if (error === null) return data === undefined && <Skeleton lines={lines} />;
  return (
    !isLoading && (
      <FailureNotice error={error} title={failed} onRetry={retry}>
        {data !== undefined && <p>{stands}</p>}
      </FailureNotice>
    )
  );
}
