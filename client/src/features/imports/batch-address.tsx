import { Link, useNavigate } from '@tanstack/react-router';
import type { PropsWithChildren } from 'react';
import { useView } from '../../state/use-view.ts';
import type { View } from '../../state/view-search.ts';
import { ButtonLink } from '../../ui/ButtonLink.tsx';

/** The address names the batch on screen: `/nhap-lieu?lo=<id>`. Here is all that knows of it. */
const withBatch = (id: string | undefined) => (before: View) => ({ ...before, lo: id });

/** Id of the batch the address asks for; undefined = the list. */
export function useBatchInAddress(): string | undefined {
  return useView().lo;
}

/** Go to a batch, or with undefined to the list. */
export function useOpenBatch(): (id: string | undefined) => void {
  const navigate = useNavigate();
  return (id) => void navigate({ to: '/nhap-lieu', search: withBatch(id) });
}

type BatchLinkProps = PropsWithChildren<{ id: string | undefined; className?: string | undefined }>;

export function BatchLink({ id, className, children }: BatchLinkProps) {
  return (
    <Link to="/nhap-lieu" search={withBatch(id)} className={className}>
      {children}
    </Link>
  );
}

type BatchButtonProps = PropsWithChildren<{ id: string | undefined; variant?: 'filled' | 'outline' }>;

export function BatchButton({ id, variant = 'outline', children }: BatchButtonProps) {
  return (
    <ButtonLink to="/nhap-lieu" search={withBatch(id)} variant={variant}>
      {children}
    </ButtonLink>
  );
}
