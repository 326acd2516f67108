import type { PropsWithChildren, Ref } from 'react';

type ScrollRegionProps = PropsWithChildren<{ label: string; className?: string | undefined; ref?: Ref<HTMLElement> }>;

/** A part that scrolls by itself, wide tables above all: reachable by keyboard, named for screen readers. */
export function ScrollRegion({ label, className, ref, children }: ScrollRegionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without focus the keyboard cannot scroll it (WCAG 2.1.1)
    <section ref={ref} className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
