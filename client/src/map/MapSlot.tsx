import { useContext, useLayoutEffect, useRef } from 'react';
import styles from './map.module.css';
import { MapContext } from './map-context.ts';

/** The slots on screen, latest last: the map stands in the latest, and returns to the one before when that goes. */
const slots: HTMLElement[] = [];

/** A place where the one map is shown. The map itself is never unmounted: its element moves from slot to slot. */
export function MapSlot() {
  const { host } = useContext(MapContext);
  const slot = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = slot.current;
    if (element === null || host === null) return;
    slots.push(element);
    element.append(host);
    return () => {
      slots.splice(slots.indexOf(element), 1);
      (slots.at(-1) ?? parking()).append(host);
    };
  }, [host]);

  return <div ref={slot} className={styles.slot} />;
}

/** Where the map waits, full size and out of sight, while no slot is on screen. */
export function parking(): HTMLElement {
  const existing = document.getElementById('map-parking');
  if (existing !== null) return existing;
  const element = document.createElement('div');
  element.id = 'map-parking';
  element.className = styles.parking ?? '';
  element.setAttribute('aria-hidden', 'true');
  element.inert = true;
  document.body.append(element);
  return element;
}
