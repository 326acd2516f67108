import './app/zod-without-eval.ts';
import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/600.css';
import '@fontsource/be-vietnam-pro/700.css';
import '@mantine/core/styles.css';
import './ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/Providers.tsx';
import { startLoading } from './app/start-loading.ts';
import { storedTheme } from './state/theme.ts';

// Before anything is drawn: the theme, and everything the first map waits for, side by side.
document.documentElement.dataset['theme'] = storedTheme();
startLoading();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<Providers />);
