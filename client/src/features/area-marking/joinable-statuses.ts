import type { AreaStatus } from '@diemnong/contracts';

/** From these an area may be divided or made one with others: nothing was said yet about its success. */
export const joinableStatuses: readonly AreaStatus[] = ['proposed', 'listed', 'transforming', 'assessed_not_yet'];
