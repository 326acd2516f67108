import { BatchView } from './BatchView.tsx';
import { useBatchInAddress } from './batch-address.tsx';
import { ImportsHome } from './ImportsHome.tsx';
import styles from './imports.module.css';

/** Panel "Nhập liệu": all batches and a new import, or the one batch the address names. */
export function ImportsScreen() {
  const batch = useBatchInAddress();
  return (
    <div className={styles.screen}>{batch === undefined ? <ImportsHome /> : <BatchView key={batch} id={batch} />}</div>
  );
}
