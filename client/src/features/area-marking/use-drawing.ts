import { useEffect, useEffectEvent, useState } from 'react';
import type { Drawing, Drawn, DrawTool } from '../../map/drawing.ts';
import { useMapEngine } from '../../map/map-context.ts';
import { useTheme } from '../../state/theme.ts';
import { markingColors } from './marking-layer.ts';

type DrawingOptions = {
  isOn: boolean;
  /** What stands on the map when drawing begins. */
  start: Drawn;
  /** The tool in hand when nothing stands there yet. */
  tool: DrawTool;
  onChange: (drawn: Drawn) => void;
};

/** Drawing by hand on the one map while `isOn`. Its code comes then, not before. */
export function useDrawing({ isOn, start, tool: firstTool, onChange }: DrawingOptions) {
  const engine = useMapEngine();
  const { theme } = useTheme();
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [tool, setTool] = useState<DrawTool>(firstTool);
  const change = useEffectEvent(onChange);
  const begin = useEffectEvent((started: Drawing) => {
    const isEmpty = start.rings.length + start.lines.length === 0;
    const next = isEmpty ? firstTool : 'corners';
    if (!isEmpty) started.set(start);
    started.setTool(next);
    setTool(next);
    setDrawing(started);
  });
  const isDark = theme === 'dark';
  useEffect(() => {
    if (!isOn || engine === null) return;
    let isOver = false;
    let started: Drawing | undefined;
    const { line, edge } = markingColors(isDark);
    void engine
      .startDrawing({
        color: line,
        edge,
        onChange: (drawn) => change(drawn),
        onTool: (next) => setTool(next),
      })
      .then((ready) => {
        if (isOver) return ready.stop();
        started = ready;
        begin(ready);
      });
    return () => {
      isOver = true;
      started?.stop();
      setDrawing(null);
    };
  }, [isOn, engine, isDark]);
  return {
    isReady: drawing !== null,
    tool,
    use: (next: DrawTool) => {
      drawing?.setTool(next);
      setTool(next);
    },
    undo: () => drawing?.undo(),
    set: (drawn: Drawn) => drawing?.set(drawn),
  };
}
