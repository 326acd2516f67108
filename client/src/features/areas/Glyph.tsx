import styles from './badges.module.css';

type GlyphProps = { path: string };

/** A sign of 24 × 24 as a line in the colour of the text, as large as the text. Says nothing aloud: words stand beside it. */
export function Glyph({ path }: GlyphProps) {
  return (
    <svg className={styles.glyph} viewBox="0 0 24 24" aria-hidden>
      <path d={path} />
    </svg>
  );
}
