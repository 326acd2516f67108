import { createTheme, defaultVariantColorsResolver } from '@mantine/core';

/**
 * Mantine with our tokens (ui/tokens.css): its style tag is off, so colours live there, and only what Mantine writes as
 * style attributes is said here. Overlays must not lock scrolling: the lock injects a style tag.
 */
export const mantineTheme = createTheme({
  fontFamily: 'var(--font)',
  primaryColor: 'blue',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === 'filled' ? { ...colors, color: 'var(--accent-ink)' } : colors;
  },
  components: {
    Modal: { defaultProps: { lockScroll: false } },
    Drawer: { defaultProps: { lockScroll: false } },
  },
});
