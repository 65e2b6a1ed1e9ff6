/** How a point is drawn on the thread: an icon and a word, never a colour alone. */
import { mdiAccountCheck, mdiAlert, mdiCheck, mdiMapMarkerRemoveOutline } from '@mdi/js'
import type { PointMark } from '../model/run'

/** The sign of a mark; null where the number of the point stands in its place. */
export const SIGNS: Record<PointMark, string | null> = {
  normal: mdiCheck,
  abnormal: mdiAlert,
  mate: mdiAccountCheck,
  missed: mdiMapMarkerRemoveOutline,
  there: null,
  next: null,
}
