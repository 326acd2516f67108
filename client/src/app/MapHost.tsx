import { type PropsWithChildren, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../features/meta/use-meta.ts';
import { useLanguage } from '../i18n/use-language.ts';
import { MapProvider } from '../map/MapProvider.tsx';
import { firstAboveDataLayerId, mapStyle } from '../map/map-style.ts';
import { useTheme } from '../state/theme.ts';
import { useView } from '../state/use-view.ts';
import { openingCamera } from './opening-camera.ts';

/** Gives the one map its camera, language and theme; what is drawn on it comes from the features. */
export function MapHost({ children }: PropsWithChildren) {
  const { t } = useTranslation('map');
  const { data: meta } = useMeta();
  const { at, set } = useView();
  const { theme } = useTheme();
  const language = useLanguage();
  const [failure, setFailure] = useState<unknown>(null);

  const look = useMemo(
    () => ({
      theme,
      language,
      hasBasemap: meta?.basemap ?? false,
      dataVersion: meta?.dataVersion ?? 0,
      hasOtherCommunes: set !== undefined,
    }),
    [theme, language, meta, set],
  );
  const style = useMemo(() => mapStyle(look), [look]);
  const camera = useMemo(() => (meta ? (at ?? openingCamera(meta.bbox)) : undefined), [meta, at]);

  if (failure !== null) throw failure;
  return (
    <MapProvider
      camera={camera}
      styleKey={JSON.stringify(look)}
      style={style}
      beforeId={firstAboveDataLayerId}
      usesPmtiles={look.hasBasemap}
      title={t('title')}
      onFailure={setFailure}
    >
      {children}
    </MapProvider>
  );
}
